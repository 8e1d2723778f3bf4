using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Roadworthy.Input;
using Storefront.Accounts.Passwords;
using Storefront.Data;
using Storefront.Hosting;
using Storefront.Mail;

namespace Storefront.Accounts;

internal static class SignUp
{
    public sealed record Request(
        [property: Trimmed, Required, EmailAddress, StringLength(User.MaxEmailLength)] string Email,
        [property: Required, StringLength(PasswordRules.MaxLength, MinimumLength = PasswordRules.MinLength)] string Password,
        [property: Required, StringLength(User.MaxNameLength)] string Name,
        [property: Range(1, 150)] int Age);

    public sealed record Answer(Guid Id, string Email, string Name, int Age);

    public static void Map(IEndpointRouteBuilder accounts) =>
        accounts.MapPost("/signup", Handle).AllowAnonymous().RequireRateLimiting(RateLimits.Accounts).WithName("SignUp")
            .WithSummary("Creates an account.")
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status429TooManyRequests);

    private static async Task<Results<Created<Answer>, ProblemHttpResult>> Handle(
        Request request, UserManager<User> users, IPasswordHasher<User> hasher, StorefrontDb db, PasswordGate gate, Outbox outbox, TimeProvider time, HttpContext http, CancellationToken cancellationToken)
    {
        var user = new User
        {
            Id = Guid.CreateVersion7(),
            Email = request.Email,
            Name = request.Name,
            Age = request.Age,
            CreatedAt = time.GetUtcNow(),
        };
        using (var turn = await gate.EnterAsync(cancellationToken))
        {
            if (turn is null) return Problems.TooBusy(http);
            user.PasswordHash = hasher.HashPassword(user, request.Password);
        }

        try
        {
            // No look-up first: of two sign-ups at once both would find the address free. The unique index decides.
            if (outbox.ConfirmationOf(user) is { } mail) db.Add(mail);
            var created = await users.CreateAsync(user);
            if (!created.Succeeded) throw new InvalidOperationException($"Identity refused a valid account: {created}.");
        }
        catch (DbUpdateException error) when (error.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // The first try may have been committed though its answer was lost; the retry then collides with this very row.
            if (!await db.Users.AnyAsync(u => u.Id == user.Id, cancellationToken)) return Problems.EmailTaken();
        }

        outbox.Send();
        return TypedResults.Created("/api/me", new Answer(user.Id, user.Email, user.Name, user.Age));
    }
}

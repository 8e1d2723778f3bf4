using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Storefront.Accounts.Passwords;
using Storefront.Data;
using Storefront.Mail;

namespace Storefront.Accounts;

/// <summary>Creates an account: what the API and the page both do.</summary>
internal sealed class NewAccount(UserManager<User> users, IPasswordHasher<User> hasher, StorefrontDb db, PasswordGate gate, Outbox outbox, TimeProvider time)
{
    public abstract record Outcome;

    public sealed record Created(User User) : Outcome;

    public sealed record EmailTaken : Outcome;

    public sealed record TooBusy : Outcome;

    public async Task<Outcome> ExecuteAsync(SignUp.Request request, CancellationToken cancellationToken)
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
            if (turn is null) return new TooBusy();
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
            if (!await db.Users.AnyAsync(u => u.Id == user.Id, cancellationToken)) return new EmailTaken();
        }

        outbox.Send();
        return new Created(user);
    }
}

using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Roadworthy.Input;
using Storefront.Accounts.Passwords;
using Storefront.Hosting;

namespace Storefront.Accounts;

internal static class SignUp
{
    public sealed record Request(
        [property: Trimmed, Required, EmailAddress, StringLength(User.MaxEmailLength)] string Email,
        [property: Required, StringLength(PasswordRules.MaxLength, MinimumLength = PasswordRules.MinLength, ErrorMessage = "Must have {2} to {1} characters.")] string Password,
        [property: Required, StringLength(User.MaxNameLength)] string Name,
        [property: Range(1, 150)] int Age);

    public sealed record Answer(Guid Id, string Email, string Name, int Age);

    public static void Map(IEndpointRouteBuilder accounts) =>
        accounts.MapPost("/signup", Handle).AllowAnonymous().RequireRateLimiting(RateLimits.Accounts).WithName("SignUp")
            .WithSummary("Creates an account.")
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status429TooManyRequests);

    private static async Task<Results<Created<Answer>, ProblemHttpResult>> Handle(
        Request request, NewAccount account, HttpContext http, CancellationToken cancellationToken) =>
        await account.ExecuteAsync(request, cancellationToken) switch
        {
            NewAccount.Created { User: var user } => TypedResults.Created("/api/me", new Answer(user.Id, user.Email!, user.Name, user.Age)),
            NewAccount.TooBusy => Problems.TooBusy(http),
            _ => Problems.EmailTaken(),
        };
}

using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Roadworthy.Input;
using Roadworthy.Sessions;
using Storefront.Accounts.Passwords;
using Storefront.Hosting;

namespace Storefront.Accounts;

internal static class LogIn
{
    public sealed record Request(
        [property: Trimmed, Required, StringLength(User.MaxEmailLength)] string Email,
        [property: Required, StringLength(PasswordRules.MaxLength)] string Password,
        bool Cookie = false);

    public static void Map(IEndpointRouteBuilder accounts) =>
        accounts.MapPost("/login", Handle).AllowAnonymous().RequireRateLimiting(RateLimits.Accounts).WithName("LogIn")
            .WithSummary("Signs in. Answers alike for an unknown address and a wrong password.")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status429TooManyRequests);

    private static async Task<Results<Ok<SessionAnswer>, ProblemHttpResult>> Handle(
        Request request, LogInCheck check, SessionManager sessions, HttpContext http, CancellationToken cancellationToken)
    {
        switch (await check.ExecuteAsync(request.Email, request.Password, http.Connection.RemoteIpAddress, cancellationToken))
        {
            case LogInCheck.Right { User: var user }:
                var tokens = await sessions.SignInAsync(
                    new(user.Id.ToString()) { Stamp = user.SecurityStamp, Client = SessionClient.From(http) }, cancellationToken: cancellationToken);
                return tokens is null ? Problems.WrongCredentials() : TypedResults.Ok(SessionAnswer.For(http, tokens, request.Cookie));
            case LogInCheck.TooMany { Wait: var wait }:
                return Problems.TooManyAttempts(http, wait);
            case LogInCheck.TooBusy:
                return Problems.TooBusy(http);
            default:
                return Problems.WrongCredentials();
        }
    }
}

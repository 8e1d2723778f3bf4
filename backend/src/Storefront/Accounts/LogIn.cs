using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Roadworthy.Input;
using Roadworthy.Sessions;
using Storefront.Accounts.Guessing;
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
        Request request, UserManager<User> users, PasswordCheck check, PasswordGate gate, LogInThrottle throttle,
        SessionManager sessions, HttpContext http, CancellationToken cancellationToken)
    {
        var key = throttle.Key(users.NormalizeEmail(request.Email), http.Connection.RemoteIpAddress);
        if (await throttle.BeginAsync(key, cancellationToken) is { } wait) return Problems.TooManyAttempts(http, wait);

        var user = await users.FindByEmailAsync(request.Email);
        // Given back before the rest: who waits for the database keeps nobody from hashing.
        using (var turn = await gate.EnterAsync(cancellationToken))
        {
            if (turn is null)
            {
                await throttle.TakeBackAsync(key, cancellationToken);
                return Problems.TooBusy(http);
            }

            if (user?.PasswordHash is null)
            {
                check.Nobody(request.Password);
                return Problems.WrongCredentials();
            }

            if (!await check.IsRightAsync(user, request.Password, cancellationToken)) return Problems.WrongCredentials();
        }

        await throttle.SucceedAsync(key, cancellationToken);
        // With the stamp that the password was checked with: where it was changed in the meantime, nobody is signed in.
        var tokens = await sessions.SignInAsync(
            new(user.Id.ToString()) { Stamp = user.SecurityStamp, Client = SessionClient.From(http) }, cancellationToken: cancellationToken);
        return tokens is null ? Problems.WrongCredentials() : TypedResults.Ok(SessionAnswer.For(http, tokens, request.Cookie));
    }
}

using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Roadworthy.Input;
using Storefront.Accounts.Guessing;
using Storefront.Accounts.Passwords;
using Storefront.Accounts.Tokens;
using Storefront.Hosting;

namespace Storefront.Accounts;

internal static class LogIn
{
    public sealed record Request(
        [property: Trimmed, Required, StringLength(User.MaxEmailLength)] string Email,
        [property: Required, StringLength(PasswordRules.MaxLength)] string Password);

    /// <param name="AccessToken">For the header <c>Authorization: Bearer</c>.</param>
    /// <param name="ExpiresIn">Seconds until the access token expires.</param>
    public sealed record Answer(string AccessToken, int ExpiresIn);

    public static void Map(IEndpointRouteBuilder accounts) =>
        accounts.MapPost("/login", Handle).AllowAnonymous().RequireRateLimiting(RateLimits.Accounts).WithName("LogIn")
            .WithSummary("Signs in. Answers alike for an unknown address and a wrong password.")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status429TooManyRequests);

    private static async Task<Results<Ok<Answer>, ProblemHttpResult>> Handle(
        Request request, UserManager<User> users, Argon2idPasswordHasher hasher, PasswordGate gate, LogInThrottle throttle,
        AccessTokens tokens, HttpContext http, CancellationToken cancellationToken)
    {
        var key = throttle.Key(users.NormalizeEmail(request.Email), http.Connection.RemoteIpAddress);
        if (await throttle.BeginAsync(key, cancellationToken) is { } wait) return Problems.TooManyAttempts(http, wait);

        var user = await users.FindByEmailAsync(request.Email);
        using var turn = await gate.EnterAsync(cancellationToken);
        if (turn is null)
        {
            await throttle.TakeBackAsync(key, cancellationToken);
            return Problems.TooBusy(http);
        }

        if (user?.PasswordHash is null)
        {
            hasher.VerifyNobody(request.Password);
            return Problems.WrongCredentials();
        }

        // Renews the hash where its parameters are no longer ours.
        if (!await users.CheckPasswordAsync(user, request.Password)) return Problems.WrongCredentials();
        await throttle.SucceedAsync(key, cancellationToken);
        var token = await tokens.CreateAsync(user, cancellationToken);
        return TypedResults.Ok(new Answer(token.Value, token.ExpiresIn));
    }
}

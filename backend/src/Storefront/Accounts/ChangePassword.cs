using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Roadworthy.Sessions;
using Storefront.Accounts.Guessing;
using Storefront.Accounts.Passwords;
using Storefront.Data;
using Storefront.Hosting;

namespace Storefront.Accounts;

/// <summary>Changes one's own password. Ends every session, this one too, since a thief may sit in it, and begins a new one.</summary>
internal static class ChangePassword
{
    public sealed record Request(
        [property: Required, StringLength(PasswordRules.MaxLength)] string Current,
        [property: Required, StringLength(PasswordRules.MaxLength, MinimumLength = PasswordRules.MinLength)] string New,
        bool Cookie = false);

    public static void Map(IEndpointRouteBuilder accounts) =>
        accounts.MapPost("/password", Handle).RequireAuthorization().RequireRateLimiting(RateLimits.Accounts).WithName("ChangePassword")
            .WithSummary("Changes the password, ends all sessions and begins a new one.")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status429TooManyRequests);

    private static async Task<Results<Ok<SessionAnswer>, ProblemHttpResult>> Handle(
        Request request, StorefrontDb db, IOwner me, PasswordCheck check, IPasswordHasher<User> hasher, PasswordGate gate, LogInThrottle throttle,
        NewPassword newPassword, HttpContext http, CancellationToken cancellationToken)
    {
        if (await db.Users.AsNoTracking().FirstOrDefaultAsync(row => row.Id == me.Id, cancellationToken) is not { } user) return Problems.AccountGone();
        // Whoever has an access token could guess here what log-in slows down.
        var key = throttle.Key(user.NormalizedEmail!, http.Connection.RemoteIpAddress);
        if (await throttle.BeginAsync(key, cancellationToken) is { } wait) return Problems.TooManyAttempts(http, wait);

        string hash;
        using (var turn = await gate.EnterAsync(cancellationToken))
        {
            if (turn is null)
            {
                await throttle.TakeBackAsync(key, cancellationToken);
                return Problems.TooBusy(http);
            }

            if (!await check.IsRightAsync(user, request.Current, cancellationToken)) return Problems.WrongCredentials();
            hash = hasher.HashPassword(user, request.New);
        }

        await throttle.SucceedAsync(key, cancellationToken);
        var tokens = await newPassword.SetAndSignInAsync(user, hash, SessionClient.From(http), cancellationToken);
        return tokens is null ? Problems.WrongCredentials() : TypedResults.Ok(SessionAnswer.For(http, tokens, request.Cookie));
    }
}

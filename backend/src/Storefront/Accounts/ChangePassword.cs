using System.ComponentModel.DataAnnotations;
using System.Data;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
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
        SessionManager sessions, HttpContext http, CancellationToken cancellationToken)
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
        var tokens = await ReplaceAsync(user, hash, db, sessions, SessionClient.From(http), cancellationToken);
        return tokens is null ? Problems.WrongCredentials() : TypedResults.Ok(SessionAnswer.For(http, tokens, request.Cookie));
    }

    /// <returns>Null where the password was changed by somebody else in the meantime.</returns>
    private static async Task<SessionTokens?> ReplaceAsync(
        User user, string hash, StorefrontDb db, SessionManager sessions, SessionClient client, CancellationToken cancellationToken)
    {
        // Made before the transaction: whether it was committed, when the answer to COMMIT is lost, can then be looked up.
        var stamp = Guid.NewGuid().ToString("N").ToUpperInvariant();
        SessionTokens? tokens = null;
        await db.Database.CreateExecutionStrategy().ExecuteInTransactionAsync(
            async cancel =>
            {
                tokens = null;
                var changed = await db.Users.Where(row => row.Id == user.Id && row.SecurityStamp == user.SecurityStamp).ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.PasswordHash, hash).SetProperty(row => row.SecurityStamp, stamp), cancel);
                if (changed == 0) return;
                var transaction = (NpgsqlTransaction)db.Database.CurrentTransaction!.GetDbTransaction();
                await sessions.EndAllAsync(user.Id.ToString(), transaction, cancel);
                tokens = await sessions.SignInAsync(new(user.Id.ToString()) { Stamp = stamp, Client = client }, transaction, cancel);
            },
            cancel => db.Users.AnyAsync(row => row.Id == user.Id && row.SecurityStamp == stamp, cancel),
            IsolationLevel.ReadCommitted,
            cancellationToken);
        return tokens;
    }
}

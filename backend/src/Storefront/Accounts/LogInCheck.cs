using System.Net;
using Microsoft.AspNetCore.Identity;
using Storefront.Accounts.Guessing;
using Storefront.Accounts.Passwords;

namespace Storefront.Accounts;

/// <summary>Whether an address and a password are an account's: what the API and the page both ask, at the same pace and the same cost.</summary>
internal sealed class LogInCheck(UserManager<User> users, PasswordCheck check, PasswordGate gate, LogInThrottle throttle)
{
    public abstract record Outcome;

    /// <summary>Sign in with the stamp that this user has: where the password was changed in the meantime, nobody is signed in.</summary>
    public sealed record Right(User User) : Outcome;

    /// <summary>The same for an unknown address and a wrong password.</summary>
    public sealed record Wrong : Outcome;

    public sealed record TooMany(TimeSpan Wait) : Outcome;

    public sealed record TooBusy : Outcome;

    public async Task<Outcome> ExecuteAsync(string email, string password, IPAddress? address, CancellationToken cancellationToken)
    {
        var key = throttle.Key(users.NormalizeEmail(email), address);
        if (await throttle.BeginAsync(key, cancellationToken) is { } wait) return new TooMany(wait);

        var user = await users.FindByEmailAsync(email);
        // Given back before the rest: who waits for the database keeps nobody from hashing.
        using (var turn = await gate.EnterAsync(cancellationToken))
        {
            if (turn is null)
            {
                await throttle.TakeBackAsync(key, cancellationToken);
                return new TooBusy();
            }

            if (user?.PasswordHash is null)
            {
                check.Nobody(password);
                return new Wrong();
            }

            if (!await check.IsRightAsync(user, password, cancellationToken)) return new Wrong();
        }

        await throttle.SucceedAsync(key, cancellationToken);
        return new Right(user);
    }
}

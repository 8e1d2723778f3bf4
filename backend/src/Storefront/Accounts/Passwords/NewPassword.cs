using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Roadworthy.Sessions;
using Storefront.Data;
using Storefront.Mail;

namespace Storefront.Accounts.Passwords;

/// <summary>Replaces a password and ends every session, in one transaction, where nobody else has replaced it in the meantime.</summary>
internal sealed class NewPassword(StorefrontDb db, SessionManager sessions)
{
    /// <returns>A new session's tokens; null where the password was changed by somebody else in the meantime.</returns>
    public async Task<SessionTokens?> SetAndSignInAsync(User user, string hash, SessionClient client, CancellationToken cancellationToken)
    {
        SessionTokens? tokens = null;
        var isSet = await SetAsync(
            user, hash, user.EmailConfirmed,
            async (stamp, transaction, cancel) =>
                tokens = await sessions.SignInAsync(new(user.Id.ToString()) { Stamp = stamp, Client = client }, transaction, cancel),
            cancellationToken);
        // Those of an attempt that was rolled back are worth nothing.
        return isSet ? tokens : null;
    }

    /// <summary>By somebody who has shown that the account's address is his.</summary>
    /// <returns>False where the password, or the address, was changed by somebody else in the meantime.</returns>
    public Task<bool> SetFromMailAsync(User user, string hash, CancellationToken cancellationToken) =>
        SetAsync(user, hash, emailConfirmed: true, (_, _, _) => Task.CompletedTask, cancellationToken);

    private async Task<bool> SetAsync(
        User user, string hash, bool emailConfirmed, Func<string, NpgsqlTransaction, CancellationToken, Task> then, CancellationToken cancellationToken)
    {
        // Made before the transaction: whether it was committed, when the answer to COMMIT is lost, can then be looked up.
        var stamp = Guid.NewGuid().ToString("N").ToUpperInvariant();
        var changed = 0;
        await db.Database.CreateExecutionStrategy().ExecuteInTransactionAsync(
            async cancel =>
            {
                changed = await db.Users
                    .Where(row => row.Id == user.Id && row.SecurityStamp == user.SecurityStamp && row.NormalizedEmail == user.NormalizedEmail)
                    .ExecuteUpdateAsync(
                        set => set.SetProperty(row => row.PasswordHash, hash).SetProperty(row => row.SecurityStamp, stamp)
                            .SetProperty(row => row.EmailConfirmed, row => row.EmailConfirmed || emailConfirmed),
                        cancel);
                if (changed == 0) return;
                var transaction = (NpgsqlTransaction)db.Database.CurrentTransaction!.GetDbTransaction();
                // The mails that were sent are worth nothing from now on: whoever asks again need not wait for them to run out.
                await db.Set<OwedMail>().Where(mail => mail.RecipientId == user.Id && mail.Kind == MailKind.ResetPassword).ExecuteDeleteAsync(cancel);
                await sessions.EndAllAsync(user.Id.ToString(), transaction, cancel);
                await then(stamp, transaction, cancel);
            },
            cancel => db.Users.AnyAsync(row => row.Id == user.Id && row.SecurityStamp == stamp, cancel),
            IsolationLevel.ReadCommitted,
            cancellationToken);
        return changed > 0;
    }
}

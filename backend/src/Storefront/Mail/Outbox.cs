using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Roadworthy.Sessions.Keys;
using Storefront.Accounts;
using Storefront.Data;

namespace Storefront.Mail;

/// <summary>
/// Mail is owed first, in the database, and sent behind the answer: an instance that is killed loses none, a mail server that is down delays no
/// answer, and no answer's time tells whether an address has an account.
/// </summary>
internal sealed class Outbox(StorefrontDb db, RootKey root, MailWaiting waiting, IOptions<MailOptions> options, TimeProvider time)
{
    /// <summary>Between two mails of a kind to one address: this, and twice as long with each one in a row, up to what a mail is good for.</summary>
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMinutes(1);

    private readonly byte[] _key = root.Derive("owed-mails");

    /// <summary>Whether there is anywhere for mail to go.</summary>
    public bool IsOpen => options.Value.IsSet;

    /// <summary>The mail that confirms the address of a new account: to be saved together with it. Null where no mail is sent.</summary>
    public OwedMail? ConfirmationOf(User user)
    {
        if (!IsOpen) return null;
        var now = time.GetUtcNow();
        return new() { Key = Key(MailKind.ConfirmEmail, user.Id.ToString()), Kind = MailKind.ConfirmEmail, RecipientId = user.Id, Requests = 1, RequestedAt = now, DueAt = now, Attempts = 0 };
    }

    /// <summary>Asks once more for the mail that confirms the address.</summary>
    public Task OweConfirmationAsync(Guid userId, CancellationToken cancellationToken) =>
        OweAsync(Key(MailKind.ConfirmEmail, userId.ToString()), MailKind.ConfirmEmail, options.Value.ConfirmLifetime, userId, null, cancellationToken);

    /// <summary>Asks for the mail to choose a new password with. The same statement and the same writes, whether the address has an account or not.</summary>
    public Task OweResetAsync(string normalizedEmail, CancellationToken cancellationToken) =>
        OweAsync(Key(MailKind.ResetPassword, normalizedEmail), MailKind.ResetPassword, options.Value.ResetLifetime, null, normalizedEmail, cancellationToken);

    /// <summary>Has what was saved sent at once.</summary>
    public void Send() => waiting.Wake();

    // The pause never exceeds a mail's lifetime: so nobody can use up somebody else's mails, since the last one is still good.
    private async Task OweAsync(byte[] key, MailKind kind, TimeSpan longestPause, Guid? userId, string? normalizedEmail, CancellationToken cancellationToken)
    {
        var (shortest, longest) = (ShortestPause.TotalSeconds, longestPause.TotalSeconds);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO owed_mails AS m (key, kind, recipient_id, requests, requested_at, due_at, attempts)
            SELECT {key}, {(short)kind}, (SELECT id FROM users WHERE id = {userId} OR normalized_email = {normalizedEmail}), 1, now(), now(), 0
            ON CONFLICT (key) DO UPDATE SET
              recipient_id = excluded.recipient_id, due_at = now(), attempts = 0, requested_at = now(),
              requests = CASE WHEN m.requested_at < now() - interval '1 day' THEN 1 ELSE m.requests + 1 END
            WHERE m.requested_at + least({shortest} * power(2, least(m.requests - 1, 30)), {longest}) * interval '1 second' <= clock_timestamp()
            """, cancellationToken);
        Send();
    }

    private byte[] Key(MailKind kind, string whose) => HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{(short)kind}\n{whose}"));
}

using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MimeKit;
using Storefront.Accounts;
using Storefront.Data;
using Storefront.Hosting;
using Storefront.Mail.Transports;

namespace Storefront.Mail;

/// <summary>
/// Sends what is owed, on every instance. Whoever takes a mail has it for a minute; where he is killed, or the mail server fails, it is due again, later with
/// each attempt. So a mail can come twice, and not get lost.
/// </summary>
internal sealed class MailSender(
    IServiceScopeFactory scopes, MailTokens tokens, IMailTransport transport, MailWaiting waiting, MailMetrics metrics, IOptions<MailOptions> options, ILogger<MailSender> log) : BackgroundService
{
    /// <summary>The last attempt is some seven hours after the first.</summary>
    internal const int MaxAttempts = 12;

    /// <summary>How soon a mail that another instance left behind is found.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(10);

    private sealed record Claim(byte[] Key, short Kind, Guid? RecipientId, DateTime DueAt, int Attempts);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                while (await SendNextAsync(stoppingToken)) { }
                metrics.Waiting(await CountAsync(stoppingToken));
                await transport.RestAsync(stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                log.MailStuck(error);
            }

            await waiting.WaitAsync(Look, stoppingToken);
        }
    }

    /// <returns>False when nothing is due.</returns>
    private async Task<bool> SendNextAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<StorefrontDb>();
        if (await ClaimAsync(db, cancellationToken) is not { } claim) return false;
        var kind = (MailKind)claim.Kind;
        var user = claim.RecipientId is null ? null : await db.Users.AsNoTracking().FirstOrDefaultAsync(row => row.Id == claim.RecipientId, cancellationToken);
        if (user is not null && !(kind is MailKind.ConfirmEmail && user.EmailConfirmed) && !await TrySendAsync(kind, user, claim.Attempts, cancellationToken)) return true;
        // Unless it was asked for anew in the meantime.
        await db.Database.ExecuteSqlAsync($"UPDATE owed_mails SET due_at = NULL WHERE key = {claim.Key} AND due_at = {claim.DueAt}", cancellationToken);
        return true;
    }

    private async Task<int> CountAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var counted = await scope.ServiceProvider.GetRequiredService<StorefrontDb>().Database.SqlQuery<int>(
            $"SELECT count(*)::int FROM (SELECT FROM owed_mails WHERE due_at IS NOT NULL LIMIT 10000) AS owed").ToListAsync(cancellationToken);
        return counted[0];
    }

    private static async Task<Claim?> ClaimAsync(StorefrontDb db, CancellationToken cancellationToken)
    {
        var claims = await db.Database.SqlQuery<Claim>(
            $"""
            UPDATE owed_mails m SET attempts = m.attempts + 1, due_at = clock_timestamp() + least(power(2, m.attempts), 60) * interval '1 minute'
            FROM (SELECT key FROM owed_mails WHERE due_at <= clock_timestamp() ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED) next
            WHERE m.key = next.key
            RETURNING m.key, m.kind, m.recipient_id, m.due_at, m.attempts
            """).ToListAsync(cancellationToken);
        return claims is [var claim] ? claim : null;
    }

    /// <returns>Whether there is nothing more to do about it.</returns>
    private async Task<bool> TrySendAsync(MailKind kind, User user, int attempts, CancellationToken cancellationToken)
    {
        try
        {
            using var message = MailText.Write(kind, user, tokens.Seal(kind, user), options.Value);
            await transport.SendAsync(message, cancellationToken);
            metrics.Sent(kind);
            log.MailSent(kind, user.Id, attempts);
            return true;
        }
        catch (Exception error) when (error is MailRefusedException or ParseException)
        {
            metrics.Refused(kind);
            log.MailRefused(kind, user.Id, Reason(error));
            return true;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            if (attempts < MaxAttempts)
            {
                metrics.Delayed(kind);
                log.MailDelayed(kind, user.Id, attempts, Reason(error));
                return false;
            }

            metrics.GivenUp(kind);
            log.MailGivenUp(kind, user.Id, attempts, Reason(error));
            return true;
        }
    }

    // A server's own words can hold the address: its code says enough.
    private static string Reason(Exception error) => error switch
    {
        MailRefusedException or TimeoutException or SocketException or IOException or UnauthorizedAccessException => error.Message,
        MailKit.Net.Smtp.SmtpCommandException command => $"The mail server answers {(int)command.StatusCode} ({command.ErrorCode}).",
        MailKit.Security.AuthenticationException => "The mail server refuses the user or the password of Storefront:Mail.",
        MailKit.Security.SslHandshakeException => "The mail server's certificate is not trusted, or its name is another: see Storefront:Mail:Host, and this machine's certificates.",
        NotSupportedException => "The mail server has no STARTTLS: Storefront:Mail:Security has to be Tls, or, in a network of one's own, None.",
        ParseException => "The account's address is none that mail can be sent to.",
        _ => error.GetType().Name,
    };
}

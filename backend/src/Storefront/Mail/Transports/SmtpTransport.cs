using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Storefront.Mail.Transports;

/// <summary>Sends by SMTP, on one connection while there is something to send.</summary>
internal sealed class SmtpTransport : IMailTransport
{
    /// <summary>For one mail, with connecting: less than what it is claimed for.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly MailOptions _options;

    // Revocation is looked up no more than HttpClient does: a mail is not to wait for a third party's server.
    private readonly SmtpClient _client = new() { Timeout = (int)Limit.TotalMilliseconds, CheckCertificateRevocation = false };

    public SmtpTransport(MailOptions options) => _options = options;

    public async Task SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(Limit);
        try
        {
            await ConnectAsync(limited.Token);
            await _client.SendAsync(message, limited.Token);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The mail server did not take the mail within {Limit.TotalSeconds:0} s.", error);
        }
        catch (SmtpCommandException error) when (IsAboutThisMail(error))
        {
            throw new MailRefusedException($"The mail server refuses it with {(int)error.StatusCode} ({error.ErrorCode}).", error);
        }
        catch (NotSupportedException error) when (_client.IsConnected)
        {
            // An address with letters that the server has no SMTPUTF8 for.
            throw new MailRefusedException("The mail server takes no such address.", error);
        }
    }

    public async Task RestAsync(CancellationToken cancellationToken)
    {
        if (_client.IsConnected) await _client.DisconnectAsync(quit: true, cancellationToken);
    }

    public void Dispose() => _client.Dispose();

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        if (_client.IsConnected) return;
        var security = _options.Security switch
        {
            MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
            MailSecurity.None => SecureSocketOptions.None,
            _ => SecureSocketOptions.StartTls,
        };
        try
        {
            await _client.ConnectAsync(_options.Host!, _options.Port, security, cancellationToken);
            if (_options.User is not null) await _client.AuthenticateAsync(_options.User, _options.Password!, cancellationToken);
        }
        catch
        {
            // Half a connection would be taken for a whole one by the next mail.
            await _client.DisconnectAsync(quit: false, CancellationToken.None);
            throw;
        }
    }

    private static bool IsAboutThisMail(SmtpCommandException error) =>
        (int)error.StatusCode >= 500 && error.ErrorCode is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted;
}

using MimeKit;

namespace Storefront.Mail.Transports;

/// <summary>Where mail goes.</summary>
internal interface IMailTransport : IDisposable
{
    /// <exception cref="MailRefusedException">It is refused for good: trying again changes nothing.</exception>
    Task SendAsync(MimeMessage message, CancellationToken cancellationToken);

    /// <summary>Nothing more is to be sent for now.</summary>
    Task RestAsync(CancellationToken cancellationToken);
}

/// <summary>The mail can't be delivered, now or later. The message says why, without the address.</summary>
internal sealed class MailRefusedException(string message, Exception? cause = null) : Exception(message, cause);

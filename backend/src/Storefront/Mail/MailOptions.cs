using System.ComponentModel.DataAnnotations;

namespace Storefront.Mail;

/// <summary>
/// The section <c>Storefront:Mail</c>: where mail goes. To a folder (development) or to an SMTP server; with neither, nothing is sent and what
/// needs mail answers 503.
/// </summary>
public sealed class MailOptions
{
    public const string Section = "Storefront:Mail";

    /// <summary>A folder that every mail is written to as an .eml file. Not together with <see cref="Host"/>.</summary>
    public string? Folder { get; set; }

    /// <summary>The SMTP server's name or address.</summary>
    public string? Host { get; set; }

    /// <summary>1 to 65535; 587 (submission, RFC 6409) by default.</summary>
    [Range(1, 65535)]
    public int Port { get; set; } = 587;

    /// <summary>How the connection to the server is encrypted. STARTTLS by default: a server without it gets no mail.</summary>
    [EnumDataType(typeof(MailSecurity))]
    public MailSecurity Security { get; set; } = MailSecurity.StartTls;

    /// <summary>The name to authenticate with. None by default.</summary>
    public string? User { get; set; }

    /// <summary>The password to authenticate with.</summary>
    public string? Password { get; set; }

    /// <summary>Who the mail is from: <c>shop@example.com</c> or <c>The Shop &lt;shop@example.com&gt;</c>. Needed with <see cref="Host"/>.</summary>
    public string? From { get; set; }

    /// <summary>
    /// The page where a new password is chosen, with <c>{token}</c> where the token goes: best behind a #, which browsers send to no server. Needed
    /// with <see cref="Host"/>; without it, the mail holds the bare token. Never made from a request's Host header, which a stranger chooses.
    /// </summary>
    public string? ResetLink { get; set; }

    /// <summary>The page that confirms an address, like <see cref="ResetLink"/>.</summary>
    public string? ConfirmLink { get; set; }

    /// <summary>How long a mail for a new password is good: 5 minutes to 1 day, 1 hour by default.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan ResetLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long a mail that confirms an address is good: 1 hour to 30 days, 3 days by default.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "30.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan ConfirmLifetime { get; set; } = TimeSpan.FromDays(3);

    /// <summary>Whether there is anywhere for mail to go.</summary>
    public bool IsSet => !string.IsNullOrWhiteSpace(Folder) || !string.IsNullOrWhiteSpace(Host);
}

/// <summary>How the connection to an SMTP server is encrypted.</summary>
public enum MailSecurity
{
    /// <summary>In plain first, then STARTTLS (RFC 3207), or not at all.</summary>
    StartTls,

    /// <summary>From the first byte (RFC 8314), usually on port 465.</summary>
    Tls,

    /// <summary>Not: for a relay on this machine or in a network of one's own. Tokens cross it in the clear.</summary>
    None,
}

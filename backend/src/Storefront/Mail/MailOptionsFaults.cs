using System.Net;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Storefront.Mail;

/// <summary>What no attribute can check of <see cref="MailOptions"/>.</summary>
internal sealed class MailOptionsFaults : IValidateOptions<MailOptions>
{
    public ValidateOptionsResult Validate(string? name, MailOptions options)
    {
        var faults = Find(options).Select(fault => $"{MailOptions.Section}:{fault}").ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Find(MailOptions options)
    {
        var smtp = !string.IsNullOrWhiteSpace(options.Host);
        if (smtp && !string.IsNullOrWhiteSpace(options.Folder)) yield return "Host and Folder are both set: mail goes to one of them.";
        if (options.From is null ? smtp : !IsAddress(options.From))
            yield return "From has to be an address, such as shop@example.com or The Shop <shop@example.com>.";
        if (LinkFault(options.ResetLink, smtp) is { } reset) yield return $"ResetLink {reset}";
        if (LinkFault(options.ConfirmLink, smtp) is { } confirm) yield return $"ConfirmLink {confirm}";
        if (options.User is null != options.Password is null) yield return "User and Password go together: one of them is missing.";
        if (smtp && options is { Security: MailSecurity.None, User: not null } && !IsLoopback(options.Host!))
            yield return "Security is None, and the password would cross the network readable. Use StartTls or Tls, or a relay that wants no password.";
    }

    private static bool IsAddress(string text) => MailboxAddress.TryParse(text, out var mailbox) && mailbox.Address.Contains('@', StringComparison.Ordinal);

    private static string? LinkFault(string? link, bool needed)
    {
        if (link is null) return needed ? "is missing: the page that takes the token, such as https://shop.example/page#{token}." : null;
        var isPage = Uri.TryCreate(link.Replace(MailText.Token, "x", StringComparison.Ordinal), UriKind.Absolute, out var page) && page.Scheme is "https" or "http";
        return isPage && link.Contains(MailText.Token, StringComparison.Ordinal)
            ? null
            : $"is '{link}': it has to be an http(s) address that holds {MailText.Token}, such as https://shop.example/page#{{token}}.";
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}

using System.Globalization;
using MimeKit;
using MimeKit.Utils;
using Storefront.Accounts;

namespace Storefront.Mail;

/// <summary>What a mail says.</summary>
internal static class MailText
{
    /// <summary>Where a link takes its token.</summary>
    public const string Token = "{token}";

    private const string DefaultFrom = "Storefront <storefront@localhost>";

    /// <exception cref="ParseException">The user's address is none that mail can be sent to.</exception>
    public static MimeMessage Write(MailKind kind, User user, string token, MailOptions options)
    {
        var (subject, text) = kind is MailKind.ResetPassword ? ResetPassword(token, options) : ConfirmEmail(token, options);
        var from = MailboxAddress.Parse(options.From ?? DefaultFrom);
        var message = new MimeMessage { Subject = subject, MessageId = MimeUtils.GenerateMessageId(from.Domain) };
        message.From.Add(from);
        // The name is the user's own text: in a header of a mail that anybody can have sent it would be an advertiser's.
        message.To.Add(new MailboxAddress(null, user.Email!));
        // No out-of-office notes in answer (RFC 3834).
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        message.Body = new TextPart("plain") { Text = text };
        return message;
    }

    private static (string Subject, string Text) ResetPassword(string token, MailOptions options) => (
        "Choose a new password",
        $"""
        Somebody, you most likely, asked for a new password for this address.

        {Instruction(options.ResetLink, token, "To choose one, open", "POST /api/password/reset")}

        This is good once, and for {Words(options.ResetLifetime)}. If it was not you, do nothing: your password stays as it is.

        """);

    private static (string Subject, string Text) ConfirmEmail(string token, MailOptions options) => (
        "Confirm your address",
        $"""
        Somebody, you most likely, signed up with this address.

        {Instruction(options.ConfirmLink, token, "To confirm that it is yours, open", "POST /api/email/confirm")}

        This is good for {Words(options.ConfirmLifetime)}. If it was not you, do nothing.

        """);

    private static string Instruction(string? link, string token, string open, string route) => link is null
        ? $"Send this token to {route}:\n\n{token}"
        : $"{open}\n\n{link.Replace(Token, token, StringComparison.Ordinal)}";

    private static string Words(TimeSpan time)
    {
        var (count, unit) = time switch
        {
            { TotalDays: >= 2 } => (time.TotalDays, "days"),
            { TotalHours: >= 2 } => (time.TotalHours, "hours"),
            _ => (time.TotalMinutes, "minutes"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(count):0} {unit}");
    }
}

using MimeKit;

namespace Storefront.Tests.Support;

/// <summary>The folder that a backend writes its mails to.</summary>
public sealed class Mailbox : IDisposable
{
    public string Folder { get; } = Path.Combine(Path.GetTempPath(), $"storefront-mail-{Guid.NewGuid():N}");

    /// <summary>All mails to an address, oldest first.</summary>
    public List<MimeMessage> To(string address) => !Directory.Exists(Folder) ? [] :
    [
        .. Directory.GetFiles(Folder, "*.eml").Select(file => MimeMessage.Load(file))
            .Where(mail => string.Equals(mail.To.Mailboxes.Single().Address, address, StringComparison.OrdinalIgnoreCase))
            .OrderBy(mail => mail.Date),
    ];

    /// <summary>The token of the newest mail of a kind to an address, as soon as there are this many of it.</summary>
    public async Task<string> TokenAsync(string address, string subject, int count = 1)
    {
        List<MimeMessage> Found() => [.. To(address).Where(mail => string.Equals(mail.Subject, subject, StringComparison.Ordinal))];
        await Eventually.TrueAsync($"{count} mails '{subject}' to {address}", () => Found().Count >= count);
        var mails = Found();
        Assert.Equal(count, mails.Count);
        return TokenIn(mails[^1]);
    }

    public static string TokenIn(MimeMessage mail) => mail.TextBody!.Split('\n', StringSplitOptions.TrimEntries).Single(line => line.Length == Storefront.Mail.MailTokens.TextLength);

    public void Dispose()
    {
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }
}

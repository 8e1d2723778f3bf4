using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Roadworthy.Inspection.Backend;

/// <summary>An SMTP server on loopback that keeps what a backend mails: nobody gets it, and a sign-up does not fail for want of one.</summary>
internal sealed partial class MailSink : IAsyncDisposable
{
    private const int Most = 500;
    private const int LongestMail = 256 * 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<Mail> _mails = new();
    private readonly Task _accepting;

    public MailSink()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public IReadOnlyCollection<Mail> Mails => _mails;

    public int CountFor(string address) => _mails.Count(mail => mail.To.Contains(address, StringComparer.OrdinalIgnoreCase));

    /// <summary>Until there are more mails to an address than before, or five seconds are over: mail is often sent after the answer.</summary>
    public async Task WaitAsync(string address, int before, CancellationToken ct)
    {
        for (var n = 0; n < 100 && CountFor(address) <= before; n++) await Task.Delay(50, ct);
    }

    /// <summary>The token in the last mail to an address: of a link, or a number of its own; null where there is none.</summary>
    /// <param name="address">Whose mail.</param>
    /// <param name="path">What it is for: a mail that is about the same, a password or an address, goes before a later one that is not. Default: whichever came last.</param>
    public string? TokenFor(string address, string path = "")
    {
        var texts = _mails.Where(mail => mail.To.Contains(address, StringComparer.OrdinalIgnoreCase)).Select(mail => Plain(mail.Text)).ToList();
        var about = AboutPassword().IsMatch(path) ? AboutPassword() : AboutAddress().IsMatch(path) ? AboutAddress() : null;
        var text = about is null ? null : texts.LastOrDefault(text => InLink().Matches(text).Any(link => about.IsMatch(link.Value))) ?? texts.LastOrDefault(about.IsMatch);
        return (text ?? texts.LastOrDefault()) is { } found ? TokenIn(found, about) : null;
    }

    private static string? TokenIn(string text, Regex? about)
    {
        var links = InLink().Matches(text);
        if ((links.FirstOrDefault(link => about?.IsMatch(link.Value) is true) ?? links.FirstOrDefault()) is { } found) return Uri.UnescapeDataString(found.Groups["token"].Value);
        return Number().Match(text) is { Success: true } number ? number.Value : null;
    }

    private static string Plain(string text) =>
        Encoded().Replace(text.Replace("=\r\n", "", StringComparison.Ordinal), match => ((char)Convert.ToInt32(match.Groups[1].Value, 16)).ToString());

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The end.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
                limit.CancelAfter(TimeSpan.FromSeconds(60));
                using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
                await using var writer = new StreamWriter(client.GetStream(), Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
                await TalkAsync(reader, writer, limit.Token);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or SocketException)
            {
                // Whoever mailed is gone.
            }
        }
    }

    private async Task TalkAsync(StreamReader reader, StreamWriter writer, CancellationToken ct)
    {
        var to = new List<string>();
        await writer.WriteLineAsync("220 inspection ESMTP".AsMemory(), ct);
        while (await reader.ReadLineAsync(ct) is { } line)
        {
            var verb = line.Split(' ', ':')[0].ToUpperInvariant();
            if (verb == "RCPT" && Address().Match(line) is { Success: true } address) to.Add(address.Groups[1].Value);
            if (verb == "DATA")
            {
                await writer.WriteLineAsync("354 go on".AsMemory(), ct);
                var text = new StringBuilder();
                while (await reader.ReadLineAsync(ct) is { } part && part != ".")
                    if (text.Length < LongestMail) text.Append(part).Append("\r\n");
                if (_mails.Count < Most) _mails.Enqueue(new Mail([.. to], text.ToString()));
                to.Clear();
            }

            await writer.WriteLineAsync((verb switch { "EHLO" => "250-inspection\r\n250 AUTH PLAIN LOGIN", "QUIT" => "221 bye", "AUTH" => "235 ok", _ => "250 ok" }).AsMemory(), ct);
            if (verb == "QUIT") return;
        }
    }

    [GeneratedRegex("reset|forgot|recover|password", RegexOptions.IgnoreCase)]
    private static partial Regex AboutPassword();

    [GeneratedRegex("confirm|verif|activat", RegexOptions.IgnoreCase)]
    private static partial Regex AboutAddress();

    [GeneratedRegex("<([^<>]*)>")]
    private static partial Regex Address();

    [GeneratedRegex("=([0-9A-F]{2})")]
    private static partial Regex Encoded();

    [GeneratedRegex(@"https?://\S+?[?&#/](?:\w*(?:token|hash|code|key|otp)\w*[=/])(?<token>[^\s&""'<>]+)|https?://\S+[/#=](?<token>[\w.~%-]{16,})(?=[\s""'<>?]|$)", RegexOptions.IgnoreCase)]
    private static partial Regex InLink();

    [GeneratedRegex(@"(?<![\w.@-])\d{4,8}(?![\w@-]|\.\d)")]
    private static partial Regex Number();
}

/// <param name="To">Their addresses.</param>
/// <param name="Text">Head and body as they were sent.</param>
internal sealed record Mail(IReadOnlyList<string> To, string Text);

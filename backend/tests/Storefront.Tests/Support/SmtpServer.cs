using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MimeKit;

namespace Storefront.Tests.Support;

/// <summary>A mail server on a port of its own, which speaks as much of SMTP (RFC 5321) as a submission takes, and fails where it is told to.</summary>
internal sealed class SmtpServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly TcpListener _listener;
    private readonly Task _serving;
    private readonly ConcurrentBag<Task> _sessions = [];
    private readonly TaskCompletionSource _held = new();

    public SmtpServer(int port = 0)
    {
        _listener = new(IPAddress.Loopback, port);
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What is answered in place of 250, by the first word of a command; each is used once.</summary>
    public ConcurrentDictionary<string, string> Refusals { get; } = new(StringComparer.Ordinal);

    /// <summary>Takes mails and never says so.</summary>
    public bool Holds { get; set; }

    public Task Held => _held.Task;

    public ConcurrentQueue<string> Commands { get; } = new();

    public ConcurrentQueue<MimeMessage> Mails { get; } = new();

    public int Connections => _sessions.Count;

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _listener.Stop();
        await _serving;
        await Task.WhenAll(_sessions);
        _ended.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true) _sessions.Add(SessionAsync(await _listener.AcceptTcpClientAsync(_ended.Token)));
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task SessionAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
                await using var writer = new StreamWriter(client.GetStream(), new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
                await writer.WriteLineAsync("220 test");
                while (await reader.ReadLineAsync(_ended.Token) is { } line)
                {
                    Commands.Enqueue(line);
                    var verb = line.Split(' ', ':')[0].ToUpperInvariant();
                    if (Refusals.TryRemove(verb, out var refusal)) await writer.WriteLineAsync(refusal);
                    else if (verb is "EHLO") await writer.WriteAsync("250-test\r\n250 AUTH PLAIN\r\n");
                    else if (verb is "AUTH") await writer.WriteLineAsync("235 ok");
                    else if (verb is "DATA") await DataAsync(reader, writer);
                    else await writer.WriteLineAsync(verb is "QUIT" ? "221 bye" : "250 ok");
                    if (verb is "QUIT") return;
                }
            }
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            // The client was killed, or the test is over.
        }
    }

    private async Task DataAsync(StreamReader reader, StreamWriter writer)
    {
        await writer.WriteLineAsync("354 go on");
        var text = new StringBuilder();
        while (await reader.ReadLineAsync(_ended.Token) is { } line && line is not ".") text.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        if (Holds)
        {
            _held.TrySetResult();
            await Task.Delay(Timeout.Infinite, _ended.Token);
        }

        Mails.Enqueue(await MimeMessage.LoadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text.ToString())), _ended.Token));
        await writer.WriteLineAsync("250 taken");
    }
}

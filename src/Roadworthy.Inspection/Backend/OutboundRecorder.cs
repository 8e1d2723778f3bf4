using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Roadworthy.Inspection.Backend;

/// <summary>Stands where a backend's requests to elsewhere go through: refuses each, and remembers what it was for.</summary>
internal sealed class OutboundRecorder : IAsyncDisposable
{
    private const int Most = 1000;
    private const int LongestHead = 8 * 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<OutboundRequest> _requests = new();
    private readonly Task _accepting;

    public OutboundRecorder()
    {
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    /// <summary>What goes into HTTP_PROXY.</summary>
    public Uri Address { get; }

    public IReadOnlyCollection<OutboundRequest> Requests => _requests;

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
            while (true) _ = AnswerAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The end.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
                limit.CancelAfter(TimeSpan.FromSeconds(10));
                var stream = client.GetStream();
                var (head, length) = (new byte[LongestHead], 0);
                while (length < head.Length && head.AsSpan(0, length).IndexOf("\n"u8) < 0)
                {
                    var count = await stream.ReadAsync(head.AsMemory(length), limit.Token);
                    if (count == 0) return;
                    length += count;
                }

                if (Encoding.ASCII.GetString(head, 0, length).Split('\n')[0].Split(' ') is [var method, var target, ..] && _requests.Count < Most)
                    _requests.Enqueue(new OutboundRequest(method, target.Split('?')[0], System.Diagnostics.Stopwatch.GetTimestamp()));
                await stream.WriteAsync("HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\nContent-Length: 46\r\nConnection: close\r\n\r\nThe inspection lets no request leave the host."u8.ToArray(), limit.Token);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or SocketException)
            {
                // Whoever asked is gone.
            }
        }
    }
}

/// <param name="Target">A host and port for CONNECT, else an address without its query.</param>
/// <param name="At">As <see cref="System.Diagnostics.Stopwatch.GetTimestamp"/> counts.</param>
internal sealed record OutboundRequest(string Method, string Target, long At);

using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Storefront.Tests.Support;

/// <summary>
/// Stands between the backend and PostgreSQL. When armed it lets the next COMMIT, or another statement, through, keeps the answer
/// to itself, and cuts the connection: it is done, and nobody was told.
/// </summary>
internal sealed class CommitCutter : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly IPEndPoint _server;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private byte[]? _armed;

    private CommitCutter(int serverPort)
    {
        _server = new(IPAddress.Loopback, serverPort);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many commits were cut so far.</summary>
    public int Cuts { get; private set; }

    public static CommitCutter BeforePort(int serverPort) => new(serverPort);

    /// <param name="statement">What it begins with. By default COMMIT with its end: READ COMMITTED is not meant.</param>
    public void Arm(string statement = "COMMIT\0") => Volatile.Write(ref _armed, Encoding.ASCII.GetBytes(statement));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var pairs = new List<Task>();
        while (!_stop.IsCancellationRequested)
        {
            var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            pairs.Add(RelayAsync(client));
        }

        await Task.WhenAll(pairs);
    }

    private async Task RelayAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        {
            await server.ConnectAsync(_server, _stop.Token);
            var cut = false;
            using var end = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            var answers = CopyAsync(server, client, _ => !Volatile.Read(ref cut), end.Token);
            var requests = CopyAsync(client, server, bytes =>
            {
                if (Volatile.Read(ref _armed) is { } wanted && bytes.Span.IndexOf(wanted) >= 0
                    && Interlocked.CompareExchange(ref _armed, null, wanted) == wanted) Volatile.Write(ref cut, true);
                return true;
            }, end.Token);
            await Task.WhenAny(answers, requests);
            await end.CancelAsync();
            await Task.WhenAll(answers, requests);
            if (cut) Cuts++;
        }
    }

    private static async Task CopyAsync(TcpClient from, TcpClient to, Func<ReadOnlyMemory<byte>, bool> mayPass, CancellationToken cancellationToken)
    {
        var buffer = new byte[32 * 1024];
        try
        {
            while (await from.GetStream().ReadAsync(buffer, cancellationToken) is var read and > 0 && mayPass(buffer.AsMemory(0, read)))
                await to.GetStream().WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The other direction has ended the pair.
        }
    }
}

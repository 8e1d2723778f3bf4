using System.Net;
using System.Net.Sockets;

namespace Storefront.Tests.Support;

/// <summary>One address before several instances: each connection goes to the next one that takes it.</summary>
internal sealed class Balancer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private IReadOnlyList<Uri> _instances;
    private int _next;

    public Balancer(IReadOnlyList<Uri> instances)
    {
        _instances = instances;
        _listener.Start();
        Address = new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    public void Use(IReadOnlyList<Uri> instances) => Volatile.Write(ref _instances, instances);

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
        while (!_stop.IsCancellationRequested) pairs.Add(RelayAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        await Task.WhenAll(pairs);
    }

    private async Task RelayAsync(TcpClient client)
    {
        using (client)
        {
            using var server = await ConnectAsync();
            if (server is null) return;
            using var end = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            Task[] ways = [CopyAsync(client, server, end.Token), CopyAsync(server, client, end.Token)];
            await Task.WhenAny(ways);
            await end.CancelAsync();
            await Task.WhenAll(ways);
        }
    }

    private async Task<TcpClient?> ConnectAsync()
    {
        var instances = Volatile.Read(ref _instances);
        for (var tries = 0; tries < instances.Count; tries++)
        {
            var server = new TcpClient();
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, instances[(int)((uint)Interlocked.Increment(ref _next) % instances.Count)].Port, _stop.Token);
                return server;
            }
            catch (SocketException)
            {
                server.Dispose();
            }
        }

        return null;
    }

    private static async Task CopyAsync(TcpClient from, TcpClient to, CancellationToken cancellationToken)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream(), cancellationToken);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // One side has gone, and takes the other along.
        }
    }
}

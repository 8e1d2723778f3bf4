using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace FirstDraft.Tests.Support;

/// <summary>The way to a server, which can be pulled: connections are cut and new ones refused, as when the server is down, until it is put back.</summary>
internal sealed class Cable : IDisposable
{
    private readonly int _server;
    private readonly ConcurrentBag<TcpClient> _connections = [];
    private TcpListener _listener = new(IPAddress.Loopback, 0);

    /// <param name="server">A port on 127.0.0.1.</param>
    public Cable(int server)
    {
        _server = server;
        Listen();
    }

    /// <summary>The port on 127.0.0.1 that leads to the server.</summary>
    public int Port { get; private set; }

    /// <summary>Pulls it, until what is returned is disposed.</summary>
    public IDisposable Pull()
    {
        Dispose();
        return new Pulled(this);
    }

    public void Dispose()
    {
        _listener.Dispose();
        while (_connections.TryTake(out var connection)) connection.Dispose();
    }

    private void Listen()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = AcceptAsync(_listener);
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true) _ = RelayAsync(await listener.AcceptTcpClientAsync());
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Pulled.
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using var server = new TcpClient { NoDelay = true };
        client.NoDelay = true;
        _connections.Add(client);
        _connections.Add(server);
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _server);
            await Task.WhenAny(client.GetStream().CopyToAsync(server.GetStream()), server.GetStream().CopyToAsync(client.GetStream()));
        }
        catch (Exception error) when (error is SocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Either end is gone.
        }
        finally
        {
            client.Dispose();
        }
    }

    private sealed class Pulled(Cable cable) : IDisposable
    {
        public void Dispose()
        {
            cable._listener = new(IPAddress.Loopback, cable.Port);
            cable.Listen();
        }
    }
}

using System.Net;
using System.Net.Sockets;
using Roadworthy.Postgres.Tests.Support;

namespace Roadworthy.Postgres.Tests;

public sealed class PortTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_taken_port_that_was_asked_for_is_an_error_that_names_it()
    {
        using var other = Listen(IPAddress.Loopback, 0);
        var port = PortOf(other);
        var error = await Assert.ThrowsAsync<PostgresServerException>(() => PostgresServer.StartAsync(new() { Port = port }, Ct));
        Assert.Contains($"Port {port} on 127.0.0.1 is taken", error.Message, StringComparison.Ordinal);
        Assert.Contains("The end of its log:", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kept_cluster_whose_last_port_is_taken_gets_another_and_keeps_that()
    {
        int port;
        await using (var server = await PostgresServer.StartAsync(new() { DataDirectory = _folder.Data }, Ct)) port = server.Port;
        int another;
        using (Listen(IPAddress.Any, port))
        {
            await using var server = await PostgresServer.StartAsync(new() { DataDirectory = _folder.Data }, Ct);
            another = server.Port;
            Assert.NotEqual(port, another);
        }

        await using var last = await PostgresServer.StartAsync(new() { DataDirectory = _folder.Data }, Ct);
        Assert.Equal(another, last.Port);
    }

    [Fact]
    public async Task A_restart_keeps_the_port_or_fails_and_does_not_take_another()
    {
        await using var server = await PostgresServer.StartAsync(ct: Ct);
        var port = server.Port;
        ProcessTable.Kill(server.ProcessId);
        TcpListener? other = null;
        await Eventually.IsTrueAsync(() => (other = TryListen(port)) is not null, () => ProcessTable.Describe(server.DataDirectory));
        using (other)
        {
            var error = await Assert.ThrowsAsync<PostgresServerException>(() => server.RestartAsync(Ct));
            Assert.StartsWith($"Port {port} on 127.0.0.1 is taken", error.Message, StringComparison.Ordinal);
        }

        await server.RestartAsync(Ct);
        Assert.Equal(port, server.Port);
        Assert.Equal(1, await Sql.ScalarAsync<int>(server.GetConnectionString(), "SELECT 1"));
    }

    [Fact]
    public async Task A_free_port_that_was_asked_for_is_used()
    {
        int port;
        using (var probe = Listen(IPAddress.Loopback, 0)) port = PortOf(probe);
        await using var server = await PostgresServer.StartAsync(new() { Port = port }, Ct);
        Assert.Equal(port, server.Port);
    }

    private static TcpListener Listen(IPAddress address, int port)
    {
        var listener = new TcpListener(address, port);
        listener.Start();
        return listener;
    }

    private static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;

    private static TcpListener? TryListen(int port)
    {
        try
        {
            return Listen(IPAddress.Any, port);
        }
        catch (SocketException)
        {
            return null;
        }
    }
}

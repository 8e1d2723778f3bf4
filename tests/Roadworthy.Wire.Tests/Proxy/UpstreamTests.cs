using System.Net;
using System.Net.Sockets;
using Npgsql;
using Roadworthy.Wire.Proxy;

namespace Roadworthy.Wire.Tests.Proxy;

public sealed class UpstreamTests
{
    [Fact]
    public void No_epoll_of_the_runtime_watches_the_servers_socket()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "It is read from /proc.");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        using var socket = Upstream.Dial(To(listener, "127.0.0.1"));

        var file = $"tfd: {socket.SafeHandle.DangerousGetHandle(),8} ";
        var watched = Directory.EnumerateFiles("/proc/self/fdinfo").SelectMany(Lines).Where(line => line.StartsWith("tfd:", StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(watched, line => line.StartsWith(file, StringComparison.Ordinal));
    }

    [Fact]
    public void A_host_by_name_is_reached_by_the_address_that_answers()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        using var socket = Upstream.Dial(To(listener, "localhost"));

        Assert.Equal(listener.LocalEndpoint, socket.RemoteEndPoint);
    }

    [Fact]
    public void Who_refuses_is_told_by_name()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var options = To(listener, "127.0.0.1");
        listener.Stop();

        var error = Assert.Throws<SocketException>(() => Upstream.Dial(options));

        Assert.Equal(SocketError.ConnectionRefused, error.SocketErrorCode);
    }

    [Fact]
    public void Who_does_not_answer_is_given_up()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere a full queue refuses.");
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(0);
        var port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        using var waits = new TcpClient("127.0.0.1", port);

        var error = Assert.Throws<TimeoutException>(() => Upstream.Dial(new() { Host = "127.0.0.1", Port = port, ConnectLimit = TimeSpan.FromSeconds(1) }));

        Assert.Equal("it did not answer within 1 s", error.Message);
    }

    [Fact]
    public async Task A_client_is_told_that_the_server_can_not_be_reached()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var options = To(listener, "127.0.0.1");
        listener.Stop();
        await using var proxy = WireProxy.Start(options);
        await using var connection = new NpgsqlConnection($"Host=127.0.0.1;Port={proxy.Port};Username=u;Password=p;Database=d;Pooling=false");

        var error = await Assert.ThrowsAsync<PostgresException>(() => connection.OpenAsync(TestContext.Current.CancellationToken));

        Assert.Equal("08001", error.SqlState);
        Assert.Contains($"could not reach PostgreSQL at 127.0.0.1:{options.Port}", error.MessageText, StringComparison.Ordinal);
    }

    private static WireProxyOptions To(TcpListener listener, string host) => new() { Host = host, Port = ((IPEndPoint)listener.LocalEndpoint).Port };

    private static string[] Lines(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (IOException)
        {
            // Closed meanwhile.
            return [];
        }
    }
}

using System.Net;
using System.Net.Sockets;
using System.Text;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Tests.Driving;

public sealed class ApiClientTests
{
    [Fact]
    public async Task A_request_that_is_lost_on_a_connection_that_is_closed_after_a_500_is_sent_again()
    {
        var ct = TestContext.Current.CancellationToken;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var server = ServeAsync(listener, ct);
        using var client = new ApiClient(new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/"), TimeSpan.FromSeconds(10));
        var statuses = new List<int>();
        for (var n = 0; n < 2; n++) statuses.Add((await client.SendAsync(new WireRequest("GET", "/", []), "A", ct: ct)).Status);
        Assert.Equal([500, 200], statuses);
        await server;
    }

    [Fact]
    public async Task What_may_not_be_done_twice_is_sent_once_on_a_connection_of_its_own_after_a_500()
    {
        var ct = TestContext.Current.CancellationToken;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new ApiClient(new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/"), TimeSpan.FromSeconds(10));
        var crashed = client.SendAsync(new WireRequest("GET", "/", []), "A", ct: ct);
        using var first = await listener.AcceptTcpClientAsync(ct);
        await AnswerAsync(first, "500 Internal Server Error", ct);
        Assert.Equal(500, (await crashed).Status);
        var order = client.SendAsync(new WireRequest("POST", "/orders", []) { Body = "{}"u8.ToArray() }, "A", ct: ct);
        // The first connection is kept, and not used: what is lost with it would be lost, or done, without a word.
        using (var second = await listener.AcceptTcpClientAsync(ct))
        {
            Assert.StartsWith("POST /orders", await ReadAsync(second, ct), StringComparison.Ordinal);
            second.LingerState = new LingerOption(true, 0);
        }

        Assert.Equal(0, (await order).Status);
        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task Events_without_an_end_are_not_waited_for()
    {
        var ct = TestContext.Current.CancellationToken;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new ApiClient(new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/"), TimeSpan.FromMinutes(2));
        var sending = client.SendAsync(new WireRequest("GET", "/events", []), "A", ct: ct);
        using var accepted = await listener.AcceptTcpClientAsync(ct);
        _ = await accepted.GetStream().ReadAtLeastAsync(new byte[4096], 1, cancellationToken: ct);
        await accepted.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n\r\ndata: 1\n\n"u8.ToArray(), ct);

        var exchange = await sending.WaitAsync(TimeSpan.FromMinutes(1), ct);

        Assert.Equal((200, true), (exchange.Status, exchange.Response!.Truncated));
    }

    private static async Task<string> ReadAsync(TcpClient client, CancellationToken ct)
    {
        var buffer = new byte[4096];
        return Encoding.ASCII.GetString(buffer, 0, await client.GetStream().ReadAtLeastAsync(buffer, 1, cancellationToken: ct));
    }

    /// <summary>Answers 500 and keeps the connection, drops it when it is asked again, and answers 200 on the next.</summary>
    private static async Task ServeAsync(TcpListener listener, CancellationToken ct)
    {
        using (var first = await listener.AcceptTcpClientAsync(ct))
        {
            await AnswerAsync(first, "500 Internal Server Error", ct);
            _ = await first.GetStream().ReadAtLeastAsync(new byte[4096], 1, cancellationToken: ct);
            first.LingerState = new LingerOption(true, 0);
        }

        using var second = await listener.AcceptTcpClientAsync(ct);
        await AnswerAsync(second, "200 OK", ct);
    }

    private static async Task AnswerAsync(TcpClient client, string status, CancellationToken ct)
    {
        _ = await client.GetStream().ReadAtLeastAsync(new byte[4096], 1, cancellationToken: ct);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n"), ct);
    }
}

using System.Net.Sockets;
using System.Text;

namespace Storefront.Tests.Input;

/// <summary>One request on a bare socket, whose body is sent as a test wants it.</summary>
internal sealed class RawRequest : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    private RawRequest()
    {
    }

    /// <param name="head">What stands after the host: headers with their line ends, without the empty line.</param>
    public static async Task<RawRequest> PostAsync(Uri address, string path, string head)
    {
        var request = new RawRequest();
        await request._socket.ConnectAsync(address.Host, address.Port);
        await request.SendAsync(Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: storefront\r\nContent-Type: application/json\r\n{head}\r\n"));
        return request;
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        for (var sent = 0; sent < bytes.Length;) sent += await _socket.SendAsync(bytes[sent..]);
    }

    /// <summary>Each byte in a packet of its own, without a pause, or one with each tick, until the server has an answer.</summary>
    public async Task TrickleAsync(ReadOnlyMemory<byte> bytes, PeriodicTimer? ticks = null)
    {
        for (var index = 0; index < bytes.Length && !_socket.Poll(0, SelectMode.SelectRead); index++)
        {
            await _socket.SendAsync(bytes.Slice(index, 1));
            if (ticks is not null) await ticks.WaitForNextTickAsync();
        }
    }

    /// <summary>Waits until the body is being read: the head has to hold <c>Expect: 100-continue</c>.</summary>
    public async Task ContinuedAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        var buffer = new byte[1024];
        var read = await _socket.ReceiveAsync(buffer, limit.Token);
        Assert.StartsWith("HTTP/1.1 100 ", Encoding.ASCII.GetString(buffer, 0, read), StringComparison.Ordinal);
    }

    /// <summary>Everything that is answered until the server closes the connection.</summary>
    public async Task<string> AnswerAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        using var answer = new MemoryStream();
        var buffer = new byte[16 * 1024];
        try
        {
            while (await _socket.ReceiveAsync(buffer, limit.Token) is var read and > 0) answer.Write(buffer, 0, read);
        }
        catch (SocketException) when (answer.Length > 0)
        {
            // Closed with bytes of ours unread: the answer is complete all the same.
        }

        return Encoding.UTF8.GetString(answer.ToArray());
    }

    /// <summary>Hangs up in order, as a program that ends does.</summary>
    public void HangUp() => _socket.Close();

    /// <summary>Hangs up with a reset, as a machine that goes down does.</summary>
    public void Reset()
    {
        _socket.LingerState = new(enable: true, seconds: 0);
        _socket.Close();
    }

    public void Dispose() => _socket.Dispose();
}

using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Storefront.Tests.Input.Mutations;

/// <summary>One client's connection, opened anew where it was closed. Reads as little as it needs: statuses, and where an answer ends.</summary>
internal sealed class Connection(Uri address) : IDisposable
{
    /// <summary>No answer within this is a request that hangs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly byte[] _buffer = new byte[64 * 1024];
    private Socket? _socket;
    private int _start;
    private int _end;

    /// <summary>Sends a request that ends where it says, and reads its answer.</summary>
    /// <returns>The status and the first bytes of the answer.</returns>
    public async Task<(int Status, string Answer)> AskAsync(ReadOnlyMemory<byte> request, bool hasAnswerBody)
    {
        using var limit = new CancellationTokenSource(Patience);
        var socket = await SendAsync(request, limit.Token);
        while (true)
        {
            var head = await ReadHeadAsync(socket, limit.Token);
            var status = StatusOf(head);
            if (status < 200) continue;
            if (hasAnswerBody) await SkipBodyAsync(socket, status, head, limit.Token);
            var answer = $"{head}{Encoding.UTF8.GetString(_buffer, _start, Math.Min(_end - _start, 500))}";
            _start = _end;
            if (head.Contains("\r\nConnection: close", StringComparison.OrdinalIgnoreCase)) Close();
            return (status, answer);
        }
    }

    /// <summary>Sends what may have no end on a connection of its own, and reads whatever comes.</summary>
    /// <returns>The last status; 0 where there was none.</returns>
    public async Task<(int Status, string Answer)> AskOnceAsync(ReadOnlyMemory<byte> request)
    {
        Close();
        using var limit = new CancellationTokenSource(Patience);
        using var answer = new MemoryStream();
        try
        {
            var socket = await SendAsync(request, limit.Token);
            socket.Shutdown(SocketShutdown.Send);
            while (await socket.ReceiveAsync(_buffer, limit.Token) is var read and > 0)
                if (answer.Length < 100_000) answer.Write(_buffer, 0, read);
        }
        catch (SocketException)
        {
            // Closed before it was read or answered to the end.
        }

        Close();
        var text = Encoding.Latin1.GetString(answer.ToArray());
        var last = text.LastIndexOf("HTTP/1.1 ", StringComparison.Ordinal);
        return (last < 0 ? 0 : StatusOf(text[last..]), text);
    }

    public void Close()
    {
        _socket?.Dispose();
        _socket = null;
        _start = _end = 0;
    }

    public void Dispose() => Close();

    private async Task<Socket> SendAsync(ReadOnlyMemory<byte> request, CancellationToken limit)
    {
        if (_socket is null)
        {
            _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await _socket.ConnectAsync(address.Host, address.Port, limit);
        }

        for (var sent = 0; sent < request.Length;) sent += await _socket.SendAsync(request[sent..], limit);
        return _socket;
    }

    private async Task<string> ReadHeadAsync(Socket socket, CancellationToken limit)
    {
        while (true)
        {
            var end = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n\r\n"u8);
            if (end >= 0)
            {
                var head = Encoding.Latin1.GetString(_buffer, _start, end + 4);
                _start += end + 4;
                return head;
            }

            await ReadMoreAsync(socket, limit);
        }
    }

    private async Task ReadMoreAsync(Socket socket, CancellationToken limit)
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        var read = await socket.ReceiveAsync(_buffer.AsMemory(_end), limit);
        if (read == 0) throw new IOException("The connection was closed without a whole answer.");
        _end += read;
    }

    private async Task SkipBodyAsync(Socket socket, int status, string head, CancellationToken limit)
    {
        if (status is 204 or 304) return;
        if (head.Contains("\r\nTransfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase))
        {
            while (_buffer.AsSpan(_start, _end - _start).IndexOf("0\r\n\r\n"u8) < 0)
            {
                // Only the last bytes can begin the end.
                if (_end - _start > _buffer.Length / 2) _start = _end - 8;
                await ReadMoreAsync(socket, limit);
            }

            return;
        }

        var length = head.IndexOf("\r\nContent-Length: ", StringComparison.OrdinalIgnoreCase);
        var left = length < 0 ? 0 : long.Parse(head.AsSpan(length + 18, head.IndexOf('\r', length + 18) - length - 18), NumberStyles.None, CultureInfo.InvariantCulture);
        for (; left > _end - _start; await ReadMoreAsync(socket, limit))
        {
            if (_end - _start < _buffer.Length / 2) continue;
            left -= _end - _start;
            _start = _end;
        }
    }

    private static int StatusOf(string head) =>
        head.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) && int.TryParse(head.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? status : 0;
}

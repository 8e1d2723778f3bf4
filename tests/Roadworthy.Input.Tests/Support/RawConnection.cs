using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Roadworthy.Input.Tests.Support;

/// <summary>One HTTP/1.1 connection, byte by byte: for what a client library would not send.</summary>
internal sealed class RawConnection : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TcpClient _client = new();
    private NetworkStream _stream = null!;

    public static async Task<RawConnection> OpenAsync(Uri address)
    {
        var connection = new RawConnection();
        await connection._client.ConnectAsync(address.Host, address.Port);
        connection._stream = connection._client.GetStream();
        return connection;
    }

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    public async Task SendAsync(byte[] bytes) => await _stream.WriteAsync(bytes).AsTask().WaitAsync(Patience);

    public Task PostAsync(string path, string body, string headers = "") =>
        SendAsync($"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n{headers}\r\n{body}");

    public async Task<Answer> AnswerAsync()
    {
        var status = int.Parse((await LineAsync()).Split(' ')[1], CultureInfo.InvariantCulture);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await LineAsync() is { Length: > 0 } line) headers[line.Split(':')[0]] = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        if (status == 100) return new Answer(status, null, headers, "");
        var body = headers.TryGetValue("Content-Length", out var length)
            ? await BytesAsync(int.Parse(length, CultureInfo.InvariantCulture))
            : headers.ContainsKey("Transfer-Encoding") ? await ChunksAsync() : "";
        return new Answer(status, headers.GetValueOrDefault("Content-Type")?.Split(';')[0], headers, body);
    }

    /// <summary>Nothing more comes from the server.</summary>
    public async Task<bool> IsClosedAsync()
    {
        var one = new byte[1];
        try
        {
            return await _stream.ReadAsync(one).AsTask().WaitAsync(Patience) == 0;
        }
        catch (IOException)
        {
            return true;
        }
    }

    public void Reset() => _client.Client.Close(0);

    public void EndSending() => _client.Client.Shutdown(SocketShutdown.Send);

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return default;
    }

    private async Task<string> LineAsync()
    {
        var line = new StringBuilder();
        while (true)
        {
            var next = await BytesAsync(1);
            if (next == "\n") return line.ToString().TrimEnd('\r');
            line.Append(next);
        }
    }

    private async Task<string> ChunksAsync()
    {
        var body = new StringBuilder();
        while (int.Parse(await LineAsync(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) is > 0 and var size)
        {
            body.Append(await BytesAsync(size));
            await LineAsync();
        }

        await LineAsync();
        return body.ToString();
    }

    private async Task<string> BytesAsync(int count)
    {
        var bytes = new byte[count];
        await _stream.ReadExactlyAsync(bytes).AsTask().WaitAsync(Patience);
        return Encoding.UTF8.GetString(bytes);
    }
}

using System.Net.Sockets;
using System.Text;

namespace Storefront.Tests.Support;

/// <summary>HTTP/1.1 on a bare socket, for what no HttpClient would send.</summary>
internal static class RawHttp
{
    /// <summary>Everything that the server answers until it closes the connection, or the peer's reset.</summary>
    public static async Task<string> SendAsync(Uri address, string head, ReadOnlyMemory<byte> body = default)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(address.Host, address.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(head));
        using var answer = new MemoryStream();
        var buffer = new byte[16 * 1024];
        try
        {
            for (var sent = 0; sent < body.Length;) sent += await socket.SendAsync(body[sent..]);
            int read;
            while ((read = await socket.ReceiveAsync(buffer)) > 0) answer.Write(buffer, 0, read);
        }
        catch (SocketException) when (answer.Length > 0)
        {
            // Closed with bytes of ours unread: the answer is complete all the same.
        }

        return Encoding.UTF8.GetString(answer.ToArray());
    }
}

using System.Buffers.Binary;
using System.Net.Sockets;

namespace Roadworthy.Wire.Tests.Support;

/// <summary>A client that says what it is told to, byte by byte if need be.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly TcpClient _client = new() { NoDelay = true };

    public RawClient(int port)
    {
        _client.Connect("127.0.0.1", port);
        _client.ReceiveTimeout = _client.SendTimeout = 30_000;
    }

    public Socket Socket => _client.Client;

    public void Send(params byte[][] messages)
    {
        foreach (var message in messages) _client.Client.Send(message);
    }

    /// <summary>The types of the messages up to one of a type, or to the end of the connection, which is '$'.</summary>
    public string ReadUntil(char type)
    {
        var types = "";
        while (true)
        {
            if (Message() is not { } message) return types + '$';
            types += (char)message[0];
            if (message[0] == type) return types;
        }
    }

    /// <summary>The next message; null where the connection has ended.</summary>
    public byte[]? Message()
    {
        var head = new byte[5];
        if (!Fill(head)) return null;
        var body = new byte[BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(1)) - 4];
        return Fill(body) ? [.. head, .. body] : null;
    }

    public int Byte()
    {
        var one = new byte[1];
        return Fill(one) ? one[0] : -1;
    }

    public void Dispose() => _client.Dispose();

    private bool Fill(Span<byte> into)
    {
        try
        {
            while (!into.IsEmpty)
            {
                var read = _client.Client.Receive(into);
                if (read == 0) return false;
                into = into[read..];
            }

            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

using System.Net;
using System.Net.Sockets;

namespace Roadworthy.Wire.Tests.Support;

/// <summary>A server that says what it is told to.</summary>
internal sealed class FakeServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public FakeServer() => _listener.Start();

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Socket Accept()
    {
        var socket = _listener.AcceptSocket();
        socket.ReceiveTimeout = socket.SendTimeout = 30_000;
        return socket;
    }

    /// <summary>Reads so many bytes.</summary>
    public static byte[] Read(Socket socket, int length)
    {
        var bytes = new byte[length];
        for (var read = 0; read < length;)
        {
            var more = socket.Receive(bytes.AsSpan(read));
            if (more == 0) throw new EndOfStreamException();
            read += more;
        }

        return bytes;
    }

    public void Dispose() => _listener.Dispose();
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Roadworthy.Wire.Proxy;

/// <summary>
/// Connects to the server without asynchronous sockets. A socket on which anything was once awaited stays with the runtime's own epoll: each byte then wakes
/// a thread of its and one of the pool's, which spin for more; that costs more than everything that the proxy does.
/// </summary>
internal static class Upstream
{
    /// <summary>Tries each of the host's addresses until one answers, for as long as the options say in all.</summary>
    /// <exception cref="SocketException">None of them takes a connection.</exception>
    /// <exception cref="TimeoutException">Nothing has answered in time.</exception>
    public static Socket Dial(WireProxyOptions options)
    {
        var since = Stopwatch.GetTimestamp();
        var last = new SocketException((int)SocketError.HostNotFound);
        foreach (var address in Addresses(options))
        {
            try
            {
                return Connect(address, options.ConnectLimit, since);
            }
            catch (SocketException error)
            {
                last = error;
            }
        }

        throw last;
    }

    private static IEnumerable<EndPoint> Addresses(WireProxyOptions options)
    {
        if (options.UnixSocket is { } path) return [new UnixDomainSocketEndPoint(path)];
        var found = IPAddress.TryParse(options.Host, out var ip) ? [ip] : Dns.GetHostAddresses(options.Host);
        return found.Select(address => new IPEndPoint(address, options.Port));
    }

    private static Socket Connect(EndPoint address, TimeSpan limit, long since)
    {
        var socket = address is UnixDomainSocketEndPoint
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            Begin(socket, address);
            var left = limit - Stopwatch.GetElapsedTime(since);
            if (left <= TimeSpan.Zero || !socket.Poll(left, SelectMode.SelectWrite)) throw new TimeoutException($"it did not answer within {limit.TotalSeconds:0.#} s");
            var error = (int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)!;
            return error == 0 ? socket : throw new SocketException(error);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static void Begin(Socket socket, EndPoint address)
    {
        socket.Blocking = false;
        try
        {
            socket.Connect(address);
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            // It is under way.
        }
    }
}

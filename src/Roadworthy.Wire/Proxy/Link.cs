using System.Net.Sockets;

namespace Roadworthy.Wire.Proxy;

/// <summary>The two sockets of one connection: who waits for both at once, and moves bytes without waiting. Used by one thread, but for <see cref="Wake"/>.</summary>
internal abstract class Link(Socket client) : IDisposable
{
    /// <summary>Returned by <see cref="Receive"/> and <see cref="Send"/>: not now.</summary>
    public const int NotNow = -1;

    /// <summary>Returned by <see cref="Receive"/> and <see cref="Send"/>: never again.</summary>
    public const int Broken = -2;

    public Socket Client => client;

    public Socket? Server { get; protected set; }

    public static Link Create(Socket client, bool pollsIfItCan) => pollsIfItCan && PollLink.IsSupported ? new PollLink(client) : new SocketLink(client);

    public virtual void Attach(Socket server) => Server = server;

    /// <summary>Waits until one of the events happens, somebody wakes us, or the time is over.</summary>
    /// <param name="wanted">What to wait for.</param>
    /// <param name="milliseconds">At most; -1 for ever.</param>
    public abstract LinkEvents Wait(LinkEvents wanted, int milliseconds);

    /// <returns>Bytes; 0 where the other side has ended.</returns>
    public abstract int Receive(Side from, Span<byte> into);

    public abstract int Send(Side to, ReadOnlySpan<byte> bytes);

    /// <summary>From any thread: ends the wait. Does nothing once it is disposed.</summary>
    public abstract void Wake();

    /// <summary>The other side is told that no more comes.</summary>
    public void End(Side to)
    {
        try
        {
            (to == Side.Client ? Client : Server)?.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // It is gone already.
        }
    }

    /// <summary>The other sides find a reset in place of an end.</summary>
    public void Reset()
    {
        client.LingerState = new(enable: true, seconds: 0);
        if (Server is { } server) server.LingerState = new(enable: true, seconds: 0);
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        client.Dispose();
        Server?.Dispose();
    }
}

internal enum Side
{
    Client,
    Server,
}

[Flags]
internal enum LinkEvents
{
    None = 0,
    ClientReadable = 1,
    ClientWritable = 2,
    ServerReadable = 4,
    ServerWritable = 8,

    /// <summary>Somebody wants something of this connection.</summary>
    Woken = 16,

    /// <summary>The client has left, although nothing is read from it. Not seen everywhere.</summary>
    ClientGone = 32,

    /// <summary>The server has left, although nothing is read from it.</summary>
    ServerGone = 64,
}

internal static class LinkEventsExtensions
{
    // HasFlag allocates before it is compiled for the second time.
    public static bool Has(this LinkEvents all, LinkEvents one) => (all & one) != LinkEvents.None;
}

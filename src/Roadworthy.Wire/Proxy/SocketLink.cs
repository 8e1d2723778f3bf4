using System.Net.Sockets;

namespace Roadworthy.Wire.Proxy;

/// <summary>By the sockets of .NET, where there is no poll(2). Costs more, and looks up from its wait many times a second to see whether it was woken.</summary>
internal sealed class SocketLink : Link
{
    private static readonly TimeSpan LookUp = TimeSpan.FromMilliseconds(10);

    private readonly List<Socket> _readable = [];
    private readonly List<Socket> _writable = [];
    private int _woken;

    public SocketLink(Socket client)
        : base(client) => client.Blocking = false;

    public override void Attach(Socket server)
    {
        base.Attach(server);
        server.Blocking = false;
    }

    public override LinkEvents Wait(LinkEvents wanted, int milliseconds)
    {
        var until = milliseconds < 0 ? long.MaxValue : Environment.TickCount64 + milliseconds;
        while (true)
        {
            if (Interlocked.Exchange(ref _woken, 0) != 0) return LinkEvents.Woken;
            var seen = Look(wanted);
            if (seen != LinkEvents.None || Environment.TickCount64 >= until) return seen;
        }
    }

    public override int Receive(Side from, Span<byte> into)
    {
        var received = Of(from).Receive(into, SocketFlags.None, out var error);
        return error switch
        {
            SocketError.Success => received,
            SocketError.WouldBlock or SocketError.Interrupted => NotNow,
            _ => Broken,
        };
    }

    public override int Send(Side to, ReadOnlySpan<byte> bytes)
    {
        var sent = Of(to).Send(bytes, SocketFlags.None, out var error);
        return error switch
        {
            SocketError.Success => sent,
            SocketError.WouldBlock or SocketError.Interrupted => NotNow,
            _ => Broken,
        };
    }

    public override void Wake() => Volatile.Write(ref _woken, 1);

    private Socket Of(Side side) => side == Side.Client ? Client : Server!;

    private LinkEvents Look(LinkEvents wanted)
    {
        _readable.Clear();
        _writable.Clear();
        Add(_readable, Client, wanted, LinkEvents.ClientReadable);
        Add(_writable, Client, wanted, LinkEvents.ClientWritable);
        Add(_readable, Server, wanted, LinkEvents.ServerReadable);
        Add(_writable, Server, wanted, LinkEvents.ServerWritable);
        if (_readable.Count + _writable.Count == 0)
        {
            Thread.Sleep(LookUp);
            return LinkEvents.None;
        }

        Socket.Select(_readable, _writable, null, LookUp);
        return Found(_readable, Client, LinkEvents.ClientReadable) | Found(_writable, Client, LinkEvents.ClientWritable)
            | Found(_readable, Server, LinkEvents.ServerReadable) | Found(_writable, Server, LinkEvents.ServerWritable);
    }

    private static void Add(List<Socket> list, Socket? socket, LinkEvents wanted, LinkEvents one)
    {
        if (socket is not null && wanted.Has(one)) list.Add(socket);
    }

    private static LinkEvents Found(List<Socket> list, Socket? socket, LinkEvents one) => socket is not null && list.Contains(socket) ? one : LinkEvents.None;
}

using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Roadworthy.Wire.Proxy;

/// <summary>By poll(2), recv and send.</summary>
internal sealed unsafe class PollLink : Link
{
    private const LinkEvents OfClient = LinkEvents.ClientReadable | LinkEvents.ClientWritable | LinkEvents.ClientGone;
    private const LinkEvents OfServer = LinkEvents.ServerReadable | LinkEvents.ServerWritable | LinkEvents.ServerGone;

    private readonly Lock _lock = new();
    private readonly int _clientFile;
    private readonly int _wakeReader;
    private readonly int _wakeWriter;
    private int _serverFile = -1;
    private int _woken;
    private bool _disposed;

    public PollLink(Socket client)
        : base(client)
    {
        _clientFile = (int)client.SafeHandle.DangerousGetHandle();
        var ends = stackalloc int[2];
        if (Native.Pipe(ends) != 0) throw new IOException($"pipe: {Marshal.GetLastPInvokeErrorMessage()}");
        (_wakeReader, _wakeWriter) = (ends[0], ends[1]);
    }

    public static bool IsSupported => OperatingSystem.IsLinux() || OperatingSystem.IsMacOS();

    public override void Attach(Socket server)
    {
        base.Attach(server);
        _serverFile = (int)server.SafeHandle.DangerousGetHandle();
    }

    public override LinkEvents Wait(LinkEvents wanted, int milliseconds)
    {
        var polled = stackalloc PollDescriptor[3];
        // Of a socket that nothing is wanted of, poll would tell that it has ended, again and again.
        polled[0] = new() { File = (wanted & OfClient) != LinkEvents.None ? _clientFile : -1, Events = Events(wanted, LinkEvents.ClientReadable, LinkEvents.ClientWritable, LinkEvents.ClientGone) };
        polled[1] = new() { File = (wanted & OfServer) != LinkEvents.None ? _serverFile : -1, Events = Events(wanted, LinkEvents.ServerReadable, LinkEvents.ServerWritable, LinkEvents.ServerGone) };
        polled[2] = new() { File = _wakeReader, Events = Native.PollIn };
        if (Native.Poll(polled, 3, milliseconds) < 0)
        {
            if (Marshal.GetLastPInvokeError() == Native.Interrupted) return LinkEvents.None;
            throw new IOException($"poll: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        var seen = Seen(polled[0].Returned, wanted, LinkEvents.ClientReadable, LinkEvents.ClientWritable, LinkEvents.ClientGone)
            | Seen(polled[1].Returned, wanted, LinkEvents.ServerReadable, LinkEvents.ServerWritable, LinkEvents.ServerGone);
        if (polled[2].Returned == 0) return seen;
        byte one;
        Native.Read(_wakeReader, &one, 1);
        Volatile.Write(ref _woken, 0);
        return seen | LinkEvents.Woken;
    }

    public override int Receive(Side from, Span<byte> into)
    {
        fixed (byte* start = into)
        {
            var received = Native.Receive(from == Side.Client ? _clientFile : _serverFile, start, (nuint)into.Length, Native.DontWait);
            return received >= 0 ? (int)received : Failure();
        }
    }

    public override int Send(Side to, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            var sent = Native.Send(to == Side.Client ? _clientFile : _serverFile, start, (nuint)bytes.Length, Native.DontWait | Native.NoSignal);
            return sent >= 0 ? (int)sent : Failure();
        }
    }

    public override void Wake()
    {
        if (Interlocked.Exchange(ref _woken, 1) != 0) return;
        lock (_lock)
        {
            byte one = 1;
            if (!_disposed) Native.Write(_wakeWriter, &one, 1);
        }
    }

    protected override void Dispose(bool disposing)
    {
        lock (_lock)
        {
            if (_disposed) return;
            _disposed = true;
            _ = Native.Close(_wakeReader);
            _ = Native.Close(_wakeWriter);
        }

        base.Dispose(disposing);
    }

    private static int Failure() => Marshal.GetLastPInvokeError() is var error && (error == Native.TryAgain || error == Native.Interrupted) ? NotNow : Broken;

    private static short Events(LinkEvents wanted, LinkEvents readable, LinkEvents writable, LinkEvents gone) => (short)(
        (wanted.Has(readable) ? Native.PollIn : 0) | (wanted.Has(writable) ? Native.PollOut : 0) | (wanted.Has(gone) ? Native.PollReadHangUp : 0));

    private static LinkEvents Seen(short returned, LinkEvents wanted, LinkEvents readable, LinkEvents writable, LinkEvents gone)
    {
        if (returned == 0) return LinkEvents.None;
        var seen = LinkEvents.None;
        if ((returned & Native.PollOut) != 0) seen |= writable;
        if ((returned & Native.PollIn) != 0) seen |= readable;
        if ((returned & Native.PollReadHangUp) != 0) seen |= gone;
        // These come unasked. Whoever reads finds what is left, and the end behind it.
        if ((returned & ~(Native.PollIn | Native.PollOut | Native.PollReadHangUp)) != 0) seen |= wanted.Has(readable) ? readable : gone;
        return seen;
    }
}

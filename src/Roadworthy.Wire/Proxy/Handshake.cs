using System.Net.Sockets;
using Roadworthy.Wire.Codec;
using Roadworthy.Wire.Session;

namespace Roadworthy.Wire.Proxy;

/// <summary>A connection's beginning: encryption is declined, a cancel is passed on, a start-up leads to a server.</summary>
internal sealed class Handshake(Link link, Relay relay, WireProxyOptions options, Func<FaultRule?> refusal)
{
    private const int MaxRequests = 8;

    private bool _declinedEncryption;

    private StreamBuffer FromClient => relay.FromClient;

    /// <returns>Whether client and server are connected; else the connection is over.</returns>
    public bool Run()
    {
        for (var requests = 0; requests < MaxRequests; requests++)
        {
            var kind = Await();
            switch (kind)
            {
                case StartupKind.Ssl or StartupKind.Gss:
                    // Whoever prefers it goes on without.
                    FromClient.Take(StartupPacket.Read(FromClient.Filled).Length);
                    relay.SendToClient("N"u8);
                    _declinedEncryption |= kind == StartupKind.Ssl;
                    continue;
                case StartupKind.Startup:
                    return Connect();
                case StartupKind.Cancel:
                    Cancel();
                    return false;
                case StartupKind.DirectTls:
                    options.Trouble?.Invoke(Troubles.DirectTls);
                    relay.SendToClient(Troubles.TlsAlert);
                    return false;
                case StartupKind.Invalid:
                    options.Trouble?.Invoke(Troubles.NotPostgres);
                    return false;
                default:
                    if (_declinedEncryption) options.Trouble?.Invoke(Troubles.EncryptionRequired);
                    return false;
            }
        }

        return false;
    }

    private StartupKind Await()
    {
        var until = Environment.TickCount64 + (long)options.StartupLimit.TotalMilliseconds;
        while (true)
        {
            var packet = StartupPacket.Read(FromClient.Filled);
            if (packet.Kind != StartupKind.Incomplete) return packet.Kind;
            var left = until - Environment.TickCount64;
            if (left <= 0 || relay.IsEnded) return StartupKind.Incomplete;
            var seen = link.Wait(LinkEvents.ClientReadable, (int)left);
            if (seen.Has(LinkEvents.Woken)) relay.Connection.ObeyOrders(relay);
            if (!seen.Has(LinkEvents.ClientReadable)) continue;
            var received = link.Receive(Side.Client, FromClient.Free);
            if (received == Link.NotNow) continue;
            if (received <= 0) return StartupKind.Incomplete;
            FromClient.Added(received);
        }
    }

    private bool Connect()
    {
        var packet = StartupPacket.Read(FromClient.Filled);
        relay.Connection.SignIn(packet, relay.State);
        if (refusal() is { } refused)
        {
            relay.SendToClient(refused.Message.Span);
            refused.Fired();
            link.End(Side.Client);
            return false;
        }

        if (Dial() is not { } server) return false;
        link.Attach(server);
        relay.SendToServer(FromClient.Filled[..packet.Length]);
        FromClient.Take(packet.Length);
        return true;
    }

    /// <summary>A connection of its own, which says which other one is meant and ends. Whoever sent it waits for the end.</summary>
    private void Cancel()
    {
        if (Dial() is not { } server) return;
        link.Attach(server);
        relay.SendToServer(FromClient.Filled[..StartupPacket.Read(FromClient.Filled).Length]);
        link.End(Side.Server);
        relay.AwaitServersEnd();
    }

    private Socket? Dial()
    {
        try
        {
            return Upstream.Dial(options);
        }
        catch (Exception error) when (error is SocketException or TimeoutException)
        {
            relay.SendToClient(FaultRule.Encode("08001", $"Roadworthy's proxy could not reach PostgreSQL at {options.UnixSocket ?? $"{options.Host}:{options.Port}"}: {error.Message}", isFatal: true).Span);
            link.End(Side.Client);
            return null;
        }
    }
}

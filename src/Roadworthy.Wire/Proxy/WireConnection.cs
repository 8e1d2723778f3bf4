using System.Text;
using Roadworthy.Wire.Codec;
using Roadworthy.Wire.Proxy;
using Roadworthy.Wire.Session;

namespace Roadworthy.Wire;

/// <summary>One client's connection through the proxy, as it is at the moment.</summary>
public sealed class WireConnection
{
    private SessionState? _state;
    private Link? _link;
    private volatile int _order;
    private volatile bool _isHeld;
    private volatile bool _isEnded;

    internal WireConnection(int id, Link link) => (Id, _link) = (id, link);

    /// <summary>Counts up from 1 in each proxy.</summary>
    public int Id { get; }

    /// <summary>The server's process, as pg_stat_activity and pg_blocking_pids have it. 0 before the client has signed in.</summary>
    public int ProcessId => _state?.ProcessId ?? 0;

    /// <summary>The database that the client asked for. Empty before it has.</summary>
    public string Database { get; private set; } = "";

    /// <summary>The account that the client asked for.</summary>
    public string User { get; private set; } = "";

    /// <summary>What the client calls itself, if it did so when it signed in.</summary>
    public string ApplicationName { get; private set; } = "";

    /// <summary>Whether the client told the server, when it signed in, how long a statement may take.</summary>
    public bool LimitsStatements { get; private set; }

    /// <summary>The transaction that the client is in when all that it has sent is done. The server may not be there yet.</summary>
    public TransactionStatus FrontStatus => _state?.Front ?? TransactionStatus.Unknown;

    /// <summary>What the server said last.</summary>
    public TransactionStatus Status => _state?.Back ?? TransactionStatus.Unknown;

    /// <summary>Batches that were sent to the server and are not answered yet.</summary>
    public int InFlight => _state?.Replies.Readies ?? 0;

    /// <summary>Whether something of its is held.</summary>
    public bool IsHeld => _isHeld;

    /// <summary>Whether it has ended.</summary>
    public bool IsEnded => _isEnded;

    /// <summary>Whether it waits for nothing: no statement under way, none held, no transaction open.</summary>
    public bool IsQuiet => _isEnded || (!_isHeld && InFlight == 0 && Status == TransactionStatus.Idle && FrontStatus == TransactionStatus.Idle);

    /// <summary>Ends it, whatever it is doing.</summary>
    /// <param name="manner">What the client sees.</param>
    public void Kill(KillManner manner = KillManner.Reset)
    {
        Interlocked.CompareExchange(ref _order, (int)manner + 1, 0);
        _link?.Wake();
    }

    internal void SignIn(in StartupPacket packet, SessionState state)
    {
        Database = Encoding.UTF8.GetString(packet.Parameter("database"u8));
        User = Encoding.UTF8.GetString(packet.Parameter("user"u8));
        ApplicationName = Encoding.UTF8.GetString(packet.Parameter("application_name"u8));
        LimitsStatements = packet.Parameter("statement_timeout"u8) is { IsEmpty: false } limit ? !limit.SequenceEqual("0"u8) : packet.Parameter("options"u8).IndexOf("statement_timeout"u8) >= 0;
        if (Database.Length == 0) Database = User;
        _state = state;
    }

    internal void Wake() => _link?.Wake();

    internal void Held(bool isHeld) => _isHeld = isHeld;

    internal void Ended()
    {
        _isEnded = true;
        _link = null;
    }

    /// <summary>Does what another thread has asked for.</summary>
    internal void ObeyOrders(Relay relay)
    {
        if (_order != 0) relay.Kill((KillManner)(_order - 1));
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Roadworthy.Wire.Proxy;
using Roadworthy.Wire.Session;
using Roadworthy.Wire.Statements;

namespace Roadworthy.Wire;

/// <summary>
/// Stands between clients of any language and a PostgreSQL server, on 127.0.0.1: tells every statement, holds what it is told to, and does what goes wrong between
/// an application and its database.
/// </summary>
/// <remarks>It reads what passes, so no leg can have TLS; it declines it, and clients that insist leave. See <see cref="WireProxyOptions.Trouble"/>.</remarks>
public sealed class WireProxy : IAsyncDisposable
{
    private static readonly TimeSpan DefaultHoldLimit = TimeSpan.FromMinutes(1);

    private readonly WireProxyOptions _options;
    private readonly Socket _listener;
    private readonly ShapeTable _shapes;
    private readonly RuleSet _rules = new();
    private readonly ConcurrentDictionary<int, WireConnection> _connections = new();
    private readonly ConcurrentDictionary<int, Thread> _threads = new();
    private readonly Thread _accepting;
    private volatile FaultRule? _refusal;
    private volatile bool _isDisposed;

    private WireProxy(WireProxyOptions options)
    {
        (_options, _shapes) = (options, new(options.MaxShapes));
        _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, options.ListenPort));
        _listener.Listen(512);
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _accepting = new(Accept) { IsBackground = true, Name = "roadworthy-wire" };
        _accepting.Start();
    }

    /// <summary>Where it listens on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Those that are open, those that sign in included.</summary>
    public IReadOnlyCollection<WireConnection> Connections => [.. _connections.Values];

    /// <summary>All shapes of statements that have passed.</summary>
    public IReadOnlyCollection<StatementShape> Shapes => [.. _shapes.All];

    /// <summary>Begins to listen.</summary>
    /// <exception cref="ArgumentException">An option is out of range; every such fault is named.</exception>
    /// <exception cref="SocketException">The port to listen on is taken.</exception>
    public static WireProxy Start(WireProxyOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check(nameof(options));
        return new(options);
    }

    /// <summary>Holds the next statement that a filter chooses, or its commit, on whichever connection it comes.</summary>
    /// <param name="point">Where.</param>
    /// <param name="filter">Which. A prepared statement is known by its text too.</param>
    /// <param name="limit">Goes on by itself after this time: more than none, up to an hour; a minute by default.</param>
    public Hold Hold(HoldPoint point, StatementFilter filter, TimeSpan? limit = null)
    {
        var hold = new Hold(point, filter, limit ?? DefaultHoldLimit, _rules.Remove);
        _rules.Add(hold);
        return hold;
    }

    /// <summary>Lets statements fail that the server never runs, as if it had refused them. In a transaction, that has failed then as it would have.</summary>
    /// <param name="sqlState">Five characters, such as 40001, 40P01 or 57014. With 57P01 to 57P05 the connection ends too.</param>
    /// <param name="message">What the error says.</param>
    /// <param name="filter">Which statements.</param>
    /// <param name="times">How many of them.</param>
    /// <exception cref="ArgumentException"><paramref name="sqlState"/> is none.</exception>
    public FaultRule Fail(string sqlState, string message, StatementFilter filter, int times = 1)
    {
        ArgumentNullException.ThrowIfNull(message);
        var state = SqlState.Parse(sqlState);
        var isFatal = sqlState.StartsWith("57P0", StringComparison.Ordinal);
        return Arm(new(FaultKind.Fail, filter, times, _rules.Remove) { SqlState = state, IsFatal = isFatal, Message = FaultRule.Encode(sqlState, message, isFatal) });
    }

    /// <summary>Lets statements wait before the server gets them.</summary>
    /// <param name="delay">How long: more than none, up to ten minutes.</param>
    /// <param name="filter">Which statements.</param>
    /// <param name="times">How many of them.</param>
    public FaultRule Delay(TimeSpan delay, StatementFilter filter, int times = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(delay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(delay, TimeSpan.FromMinutes(10));
        return Arm(new(FaultKind.Delay, filter, times, _rules.Remove) { Delay = delay });
    }

    /// <summary>Cuts the connection around statements.</summary>
    /// <param name="moment">When.</param>
    /// <param name="filter">Which statements.</param>
    /// <param name="times">How many of them.</param>
    /// <param name="manner">What the client sees.</param>
    public FaultRule Kill(KillMoment moment, StatementFilter filter, int times = 1, KillManner manner = KillManner.Reset) =>
        Arm(new(FaultKind.Kill, filter, times, _rules.Remove) { Moment = moment, Manner = manner });

    /// <summary>Cuts the connections that wait for nothing, as firewalls and fail-overs do behind a pool's back.</summary>
    /// <returns>How many they are. They are gone by the time that they are used.</returns>
    public int KillIdle(KillManner manner = KillManner.Reset)
    {
        var idle = _connections.Values.Where(connection => connection.IsQuiet).ToList();
        foreach (var connection in idle) connection.Kill(manner);
        return idle.Count;
    }

    /// <summary>Refuses new connections until it is disposed.</summary>
    /// <param name="sqlState">Why: 53300 (too many connections) by default; 57P03 is a server that starts.</param>
    /// <param name="message">What the error says.</param>
    public FaultRule RefuseConnections(string sqlState = "53300", string message = "sorry, too many clients already")
    {
        var rule = new FaultRule(FaultKind.Fail, (in PendingStatement _) => false, int.MaxValue, rule => Interlocked.CompareExchange(ref _refusal, null, rule))
        {
            SqlState = SqlState.Parse(sqlState),
            IsFatal = true,
            Message = FaultRule.Encode(sqlState, message, isFatal: true),
        };
        _refusal = rule;
        return rule;
    }

    /// <summary>Ends every connection, and lets go of what is held.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        _listener.Dispose();
        _rules.ReleaseAll();
        await Task.Run(() =>
        {
            _accepting.Join();
            foreach (var connection in _connections.Values) connection.Kill(KillManner.Close);
            foreach (var thread in _threads.Values) thread.Join();
        }).ConfigureAwait(false);
    }

    private FaultRule Arm(FaultRule rule)
    {
        _rules.Add(rule);
        return rule;
    }

    private void Accept()
    {
        for (var id = 1; !_isDisposed; id++)
        {
            try
            {
                var client = _listener.Accept();
                client.NoDelay = true;
                var serving = new Serving(id, client, _options, _shapes, _rules, Refusal);
                var thread = new Thread(() => Serve(serving), maxStackSize: 256 * 1024) { IsBackground = true, Name = "roadworthy-wire-connection" };
                _connections[id] = serving.Connection;
                _threads[id] = thread;
                thread.Start();
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException or IOException)
            {
                // The listener was closed; or, for this one connection, there was no file left to open.
            }
        }
    }

    private void Serve(Serving serving)
    {
        serving.Run();
        _connections.TryRemove(serving.Connection.Id, out _);
        _threads.TryRemove(serving.Connection.Id, out _);
    }

    private FaultRule? Refusal()
    {
        if (_refusal is { } refusal && refusal.TryTake()) return refusal;
        return _connections.Count <= _options.MaxConnections ? null
            : new FaultRule(FaultKind.Fail, (in PendingStatement _) => false, 1, _ => { })
            {
                IsFatal = true,
                Message = FaultRule.Encode("53300", $"Roadworthy's proxy has {_options.MaxConnections} connections already (WireProxyOptions.MaxConnections)", isFatal: true),
            };
    }
}

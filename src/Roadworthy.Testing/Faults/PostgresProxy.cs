using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Roadworthy.Testing;

/// <summary>
/// Stands between an application and PostgreSQL, on this machine, and does what networks do: holds a statement, loses an answer, cuts a connection, goes silent. Point the
/// application's connection string at it with <see cref="Through"/>.
/// </summary>
/// <remarks>
/// It looks for text in what clients send, so connections have to be unencrypted, and statements sent as text each time: a prepared statement is sent once
/// and then named. <see cref="Through"/> sees to both.
/// </remarks>
public sealed class PostgresProxy : IAsyncDisposable
{
    /// <summary>The end of a transaction. Not the COMMITTED of READ COMMITTED.</summary>
    public const string Commit = "COMMIT\0";

    internal const string Advice = "Is its connection string that of PostgresProxy.Through, and the text as the driver sends it, upper and lower case?";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly string _host;
    private readonly int _port;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly List<Interception> _armed = [];
    private volatile TaskCompletionSource? _silence;
    private int _disposed;
    private readonly Task _accepting;

    private PostgresProxy(string host, int port)
    {
        (_host, _port) = (host, port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens on 127.0.0.1.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Stands before the server of a connection string, until it is disposed.</summary>
    /// <exception cref="ArgumentException">It names several servers, or a Unix socket.</exception>
    public static PostgresProxy Before(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        if (settings.Host is { } host && (host.Contains(',', StringComparison.Ordinal) || host[0] is '/' or '@'))
            throw new ArgumentException($"The host is '{host}': a proxy stands before one server, by its name or address.", nameof(connectionString));
        return new(settings.Host ?? "127.0.0.1", settings.Port);
    }

    /// <summary>The same connection string, through this proxy.</summary>
    public string Through(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString)
    {
        Host = "127.0.0.1",
        Port = Port,
        SslMode = SslMode.Disable,
        MaxAutoPrepare = 0,
    }.ConnectionString;

    /// <summary>Holds the next statement with this text, on whichever connection it comes, before PostgreSQL gets it.</summary>
    /// <param name="statement">Part of its text, or <see cref="Commit"/>.</param>
    public Hold HoldNext(string statement)
    {
        ArgumentException.ThrowIfNullOrEmpty(statement);
        var hold = new Hold(statement, Disarm);
        Arm(new(statement, InterceptionKind.Hold, hold));
        return hold;
    }

    /// <summary>
    /// Lets the next statement with this text through, keeps its answer to itself and cuts the connection: it is done, and nobody was told. With
    /// <see cref="Commit"/>, the failure that makes retries dangerous.
    /// </summary>
    /// <param name="statement">Part of its text.</param>
    /// <returns>Ends when PostgreSQL is done with it and the connection is cut.</returns>
    /// <exception cref="TimeoutException">None came within 60 seconds, or the proxy was disposed before.</exception>
    public Task LoseAnswerTo(string statement) => Once(statement, InterceptionKind.LoseAnswer);

    /// <summary>Lets the next statement with this text through and cuts the connection at once: PostgreSQL may be at it for longer, and nobody waits for it.</summary>
    /// <param name="statement">Part of its text.</param>
    /// <returns>Ends when the connection is cut.</returns>
    /// <exception cref="TimeoutException">None came within 60 seconds, or the proxy was disposed before.</exception>
    public Task CutAfter(string statement) => Once(statement, InterceptionKind.Cut);

    /// <summary>
    /// Nothing passes any more, in either direction and on any connection, and none is closed: a cable that was pulled. What was sent meanwhile passes
    /// when it is disposed.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is silent already.</exception>
    public IDisposable Silence()
    {
        var silence = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Interlocked.CompareExchange(ref _silence, silence, null) is not null) throw new InvalidOperationException("It is silent already.");
        return new EndOfSilence(this, silence);
    }

    /// <summary>Ends every connection, and lets go of what is held.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        await _stop.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        lock (_lock)
        {
            foreach (var left in _armed) left.Done.TrySetException(new TimeoutException(Missed(left.Statement, "before the proxy was disposed")));
        }
    }

    internal static string Shown(string statement) => statement.TrimEnd('\0');

    internal static string Missed(string statement, string when) => $"No '{Shown(statement)}' was sent {when}. {Advice}";

    /// <summary>Until the network is not silent.</summary>
    internal Task AudibleAsync(CancellationToken cancellationToken) => _silence is { } silence ? silence.Task.WaitAsync(cancellationToken) : Task.CompletedTask;

    /// <summary>The first in the order of arming whose text is there.</summary>
    /// <param name="seen">What was sent, with the end of what was looked at before in front.</param>
    /// <param name="lookedAt">How long that is.</param>
    internal (Interception? Taken, int Index) Take(ReadOnlySpan<byte> seen, int lookedAt)
    {
        lock (_lock)
        {
            for (var n = 0; n < _armed.Count; n++)
            {
                if (_armed[n].IndexIn(seen, lookedAt) is var index && index < 0) continue;
                var taken = _armed[n];
                _armed.RemoveAt(n);
                return (taken, index);
            }
        }

        return (null, -1);
    }

    internal int LongestArmed()
    {
        lock (_lock) return _armed.Count == 0 ? 0 : _armed.Max(interception => interception.Bytes.Length);
    }

    private Task Once(string statement, InterceptionKind kind)
    {
        ArgumentException.ThrowIfNullOrEmpty(statement);
        var interception = new Interception(statement, kind);
        Arm(interception);
        return DoneAsync(interception);
    }

    private async Task DoneAsync(Interception interception)
    {
        try
        {
            await interception.Done.Task.WaitAsync(Limit).ConfigureAwait(false);
        }
        catch (TimeoutException error) when (!interception.Done.Task.IsCompleted)
        {
            Remove(interception);
            throw new TimeoutException(Missed(interception.Statement, $"within {Limit.TotalSeconds:0} s"), error);
        }
    }

    private void Arm(Interception interception)
    {
        lock (_lock) _armed.Add(interception);
    }

    private void Disarm(Hold hold)
    {
        lock (_lock) _armed.RemoveAll(interception => interception.Hold == hold);
    }

    private void Remove(Interception interception)
    {
        lock (_lock) _armed.Remove(interception);
    }

    private async Task AcceptAsync()
    {
        var pairs = new List<Task>();
        try
        {
            while (true) pairs.Add(RelayAsync(await _listener.AcceptTcpClientAsync(_stop.Token).ConfigureAwait(false)));
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(pairs).ConfigureAwait(false);
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using var own = client;
        using var server = new TcpClient { NoDelay = true };
        client.NoDelay = true;
        try
        {
            await AudibleAsync(_stop.Token).ConfigureAwait(false);
            await server.ConnectAsync(_host, _port, _stop.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException)
        {
            // The client sees its connection closed, as it would without this proxy.
            return;
        }

        await new ProxiedConnection(this, own.GetStream(), server.GetStream()).RunAsync(_stop.Token).ConfigureAwait(false);
    }

    private sealed class EndOfSilence(PostgresProxy proxy, TaskCompletionSource silence) : IDisposable
    {
        public void Dispose()
        {
            Interlocked.CompareExchange(ref proxy._silence, null, silence);
            silence.TrySetResult();
        }
    }
}

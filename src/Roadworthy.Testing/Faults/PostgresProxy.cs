using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace Roadworthy.Testing;

/// <summary>
/// Stands between an application and PostgreSQL, on this machine, and does what networks do: holds a statement, loses an answer, cuts a connection. Point the
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

    private const int BufferLength = 32 * 1024;

    internal const string Advice = "Is its connection string that of PostgresProxy.Through, and the text as the driver sends it, upper and lower case?";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly string _host;
    private readonly int _port;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly List<Interception> _armed = [];
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
    public static PostgresProxy Before(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
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
        var hold = new Hold(statement);
        Arm(new(statement, hold));
        return hold;
    }

    /// <summary>
    /// Lets the next statement with this text through, keeps its answer to itself and cuts the connection: it is done, and nobody was told. With
    /// <see cref="Commit"/>, the failure that makes retries dangerous.
    /// </summary>
    /// <param name="statement">Part of its text.</param>
    /// <returns>Ends when the connection is cut.</returns>
    public Task LoseAnswerTo(string statement)
    {
        ArgumentException.ThrowIfNullOrEmpty(statement);
        var interception = new Interception(statement, null);
        Arm(interception);
        return interception.Done.Task;
    }

    /// <summary>Ends every connection, and lets go of what is held.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    internal static string Shown(string statement) => statement.TrimEnd('\0');

    private void Arm(Interception interception)
    {
        lock (_lock) _armed.Add(interception);
    }

    // The first in the order of arming whose text is there. Each is for one statement.
    private Interception? Take(ReadOnlySpan<byte> sent)
    {
        lock (_lock)
        {
            for (var n = 0; n < _armed.Count; n++)
            {
                if (sent.IndexOf(_armed[n].Bytes) < 0) continue;
                var taken = _armed[n];
                _armed.RemoveAt(n);
                return taken;
            }
        }

        return null;
    }

    private int LongestArmed()
    {
        lock (_lock) return _armed.Count == 0 ? 0 : _armed.Max(interception => interception.Bytes.Length);
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
        using var end = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        try
        {
            await server.ConnectAsync(_host, _port, end.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException)
        {
            // The client sees its connection closed, as it would without this proxy.
            return;
        }

        var pair = new Pair();
        var answers = PassAnswersAsync(server.GetStream(), own.GetStream(), pair, end.Token);
        var requests = PassRequestsAsync(own.GetStream(), server.GetStream(), pair, end.Token);
        await Task.WhenAny(answers, requests).ConfigureAwait(false);
        await end.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(answers, requests).ConfigureAwait(false);
        pair.Losing?.Done.TrySetResult();
    }

    private async Task PassRequestsAsync(NetworkStream client, NetworkStream server, Pair pair, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferLength];
        byte[] before = [];
        try
        {
            while (await client.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is var read and > 0)
            {
                // With the end of what came before it in front: a text may come in two pieces.
                byte[] seen = [.. before, .. buffer.AsSpan(0, read)];
                var taken = Take(seen);
                if (taken?.Hold is { } hold) await hold.PassAsync(cancellationToken).ConfigureAwait(false);
                else if (taken is not null) pair.Losing = taken;
                await server.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                before = taken is null ? seen[^Math.Min(seen.Length, Math.Max(0, LongestArmed() - 1))..] : [];
            }
        }
        catch (Exception error) when (IsEnd(error))
        {
            // The other direction has ended the pair.
        }
    }

    private static async Task PassAnswersAsync(NetworkStream server, NetworkStream client, Pair pair, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferLength];
        try
        {
            while (await server.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is var read and > 0 && pair.Losing is null)
                await client.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (IsEnd(error))
        {
            // The other direction has ended the pair.
        }
    }

    private static bool IsEnd(Exception error) => error is IOException or OperationCanceledException or ObjectDisposedException;

    private sealed class Pair
    {
        private volatile Interception? _losing;

        public Interception? Losing
        {
            get => _losing;
            set => _losing = value;
        }
    }

    private sealed class Interception(string statement, Hold? hold)
    {
        public byte[] Bytes { get; } = Encoding.UTF8.GetBytes(statement);

        public Hold? Hold => hold;

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

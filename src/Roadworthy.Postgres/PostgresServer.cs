using Npgsql;
using Roadworthy.Postgres.Databases;
using Roadworthy.Postgres.Folders;
using Roadworthy.Postgres.Supervision;

namespace Roadworthy.Postgres;

/// <summary>
/// A PostgreSQL server of this process's own. It listens on 127.0.0.1 only, wants a password, and ends with this process, however
/// this process ends.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly Instance _instance;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private bool _stopped;

    private PostgresServer(Instance instance) => _instance = instance;

    /// <summary>
    /// The folder of the instance. The cluster itself lies in <c>server/data</c> in it; that of a throwaway one in <c>data</c>.
    /// </summary>
    public string DataDirectory => _instance.Folder.Root;

    /// <summary>The server's log.</summary>
    public string LogFile => _instance.Folder.Log;

    /// <summary>The TCP port on 127.0.0.1.</summary>
    public int Port => _instance.Port;

    /// <summary>The process id of the server's head (postmaster); another one after a restart.</summary>
    public int ProcessId => _instance.ProcessId;

    /// <summary>The server's version.</summary>
    public Version Version => _instance.Binaries.Version;

    /// <summary>The programs it runs with, and where they came from.</summary>
    public PostgresBinaries Binaries => _instance.Binaries;

    /// <summary>Finds or fetches PostgreSQL, makes the cluster where there is none, and starts it.</summary>
    /// <exception cref="PostgresServerException">Any of this failed; the message says what to do.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled; nothing is left running.</exception>
    public static async Task<PostgresServer> StartAsync(PostgresServerOptions? options = null, CancellationToken ct = default)
    {
        options ??= new PostgresServerOptions();
        OptionsCheck.Require(options);
        return new PostgresServer(await Instance.StartAsync(options, ct).ConfigureAwait(false));
    }

    /// <summary>A connection string for Npgsql, with the password of the account <c>postgres</c>.</summary>
    /// <exception cref="ArgumentException"><paramref name="database"/> is empty.</exception>
    public string GetConnectionString(string database = "postgres")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(database);
        return _instance.ConnectionString(database);
    }

    /// <summary>Creates an empty database in UTF8. False when it is there already.</summary>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    /// <exception cref="PostgresException">The server refuses, for example a name that it cannot take.</exception>
    public async Task<bool> CreateDatabaseAsync(string name, CancellationToken ct = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return await Maintenance.TryCreateAsync(this, name, "ENCODING 'UTF8' TEMPLATE template0", ct).ConfigureAwait(false);
    }

    /// <summary>
    /// Stops the server if it runs and starts it again on the same port with the same data; also after it crashed or was killed.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The server was stopped with <see cref="StopAsync"/>.</exception>
    /// <exception cref="PostgresServerException">It did not start again: its port is taken by now, for one.</exception>
    public async Task RestartAsync(CancellationToken ct = default)
    {
        await _gate.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_stopped, this);
            await Maintenance.ForgetAsync(GetConnectionString()).ConfigureAwait(false);
            await _instance.RestartAsync(ct).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>
    /// Shuts the server down (mode "fast": connections are ended, data is safe), deletes a throwaway cluster, and gives the folder
    /// free. Does nothing when called again.
    /// </summary>
    /// <exception cref="PostgresServerException">It did not end within a minute.</exception>
    public async Task StopAsync(CancellationToken ct = default)
    {
        await _gate.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            if (_stopped) return;
            _stopped = true;
            await Maintenance.ForgetAsync(GetConnectionString()).ConfigureAwait(false);
            await _instance.StopAsync().ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The same as <see cref="StopAsync"/>.</summary>
    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);

    internal bool IsStopped => _stopped;
}

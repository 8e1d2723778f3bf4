using System.Diagnostics;
using Npgsql;
using Roadworthy.Postgres.Binaries;
using Roadworthy.Postgres.Folders;

namespace Roadworthy.Postgres.Supervision;

/// <summary>One cluster with its folder, its supervisor and the server that runs now.</summary>
internal sealed class Instance
{
    private readonly PostgresServerOptions _options;
    private readonly ServerCommandLine _command;
    private readonly string _password;
    private Supervisor _supervisor = null!;

    private Instance(PostgresServerOptions options, InstanceFolder folder, PostgresBinaries binaries)
    {
        (_options, Folder, Binaries) = (options, folder, binaries);
        _command = new ServerCommandLine(binaries, folder, options.Settings);
        _password = Remembered.Password(folder);
    }

    public InstanceFolder Folder { get; }

    public PostgresBinaries Binaries { get; }

    public int Port { get; private set; }

    public int ProcessId { get; private set; }

    public static async Task<Instance> StartAsync(PostgresServerOptions options, CancellationToken ct)
    {
        var folder = InstanceFolder.Open(options);
        Instance? instance = null;
        try
        {
            await Reach.RequireAsync(folder, ct).ConfigureAwait(false);
            if (folder.IsThrowaway) await AbandonedFolders.SweepAsync(folder, ct).ConfigureAwait(false);
            else await Leftovers.AwaitWatchdogAsync(folder, ct).ConfigureAwait(false);
            var request = new BinaryRequest(options, folder.Account, folder.Major(), options.DataDirectory);
            instance = new Instance(options, folder, await PostgresBinaries.LocateAsync(request, ct).ConfigureAwait(false));
            await instance.BeginAsync(ct).ConfigureAwait(false);
            await instance.RunAsync(Remembered.Port(folder), isPortKept: false, ct).ConfigureAwait(false);
            return instance;
        }
        catch
        {
            await AbandonAsync(folder, instance?._supervisor).ConfigureAwait(false);
            throw;
        }
    }

    public string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = Port,
        Username = "postgres",
        Password = _password,
        Database = database,
        // It never leaves the machine; asking for encryption first costs a round trip.
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
    }.ConnectionString;

    public async Task RestartAsync(CancellationToken ct)
    {
        await HaltAsync(ct).ConfigureAwait(false);
        await Leftovers.EndOrphansAsync(Folder, ct).ConfigureAwait(false);
        await RunAsync(Port, isPortKept: true, ct).ConfigureAwait(false);
    }

    public async Task StopAsync()
    {
        try
        {
            await HaltAsync(CancellationToken.None).ConfigureAwait(false);
            await _supervisor.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            Folder.Dispose();
        }
    }

    /// <summary>Stops the server. Where someone killed the supervisor, another one stops the server that it left.</summary>
    private async Task HaltAsync(CancellationToken ct)
    {
        var reply = await _supervisor.StopAsync(ct).ConfigureAwait(false);
        if (reply.Succeeded) return;
        if (reply.ExitCode != Reply.Lost)
            throw new PostgresServerException(
                $"The server in '{Folder.Root}' (process {ProcessId}) could not be stopped: {reply.Output}. See '{Folder.Log}' for what " +
                "it waits for.");
        await _supervisor.DisposeAsync().ConfigureAwait(false);
        await BeginAsync(ct).ConfigureAwait(false);
    }

    /// <summary>Starts a supervisor, and clears away what an earlier one left.</summary>
    private async Task BeginAsync(CancellationToken ct)
    {
        _supervisor = await Supervisor.CreateAsync(Folder, _command, ct).ConfigureAwait(false);
        if (!Folder.IsInitialised) return;
        var reply = await _supervisor.ReclaimAsync(ct).ConfigureAwait(false);
        if (!reply.Succeeded)
            throw new PostgresServerException(
                $"A server that an earlier process left running in '{Folder.Root}' could not be stopped: {reply.Output}. Stop it by " +
                $"hand (pg_ctl stop -D '{Folder.Cluster}'), then start again.");
        await Leftovers.EndOrphansAsync(Folder, ct).ConfigureAwait(false);
    }

    private async Task RunAsync(int? preferredPort, bool isPortKept, CancellationToken ct)
    {
        if (!Folder.IsInitialised) await InitialiseAsync(ct).ConfigureAwait(false);
        (ProcessId, Port) = await new ServerStart(Folder, _supervisor, _options, preferredPort, isPortKept).RunAsync(ct).ConfigureAwait(false);
        Remembered.RememberPort(Folder, Port);
    }

    private async Task InitialiseAsync(CancellationToken ct)
    {
        _options.Report($"Making a PostgreSQL {Binaries.Version} cluster in '{Folder.Root}'...");
        Reply reply;
        try
        {
            reply = await _supervisor.InitialiseAsync(_password, ct).WaitAsync(_options.StartTimeout, ct).ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            await _supervisor.AbortAsync().ConfigureAwait(false);
            throw new PostgresServerException(
                $"initdb did not make a cluster in '{Folder.Root}' within {_options.StartTimeout.TotalSeconds:0.#} seconds " +
                "(StartTimeout). Raise it where the disk is slow.", e);
        }

        if (!reply.Succeeded)
            throw new PostgresServerException(
                $"initdb of '{Binaries.Directory}' could not make a cluster in '{Folder.Root}': {reply.Output}. Correct what it names, " +
                "then start again.");
    }

    private static async Task AbandonAsync(InstanceFolder folder, Supervisor? supervisor)
    {
        try
        {
            if (supervisor is not null) await supervisor.DisposeAsync().ConfigureAwait(false);
            else if (folder.IsThrowaway) Directory.Delete(folder.Root, recursive: true);
        }
        catch (Exception e) when (e is PostgresServerException or IOException or UnauthorizedAccessException)
        {
            // What made the start fail is worth more than this.
            Debug.WriteLine(e);
        }
        finally
        {
            folder.Dispose();
        }
    }
}

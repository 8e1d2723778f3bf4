using System.Diagnostics;
using System.Globalization;
using Roadworthy.Postgres.Processes;
using Roadworthy.Postgres.Tests.Support;

namespace Roadworthy.Postgres.Tests;

/// <summary>The server or its watchdog is killed under an owner that lives on, or something stale lies in the folder.</summary>
public sealed class CrashTests : IDisposable
{
    // Looks neither at its clients nor for the head of its server.
    private const string Busy = "DO $$ BEGIN LOOP END LOOP; END $$";

    private readonly TempFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_killed_server_restarts_on_its_port_with_its_data_though_an_orphan_was_still_busy(bool kept)
    {
        var options = new PostgresServerOptions { DataDirectory = kept ? _folder.Data : null };
        // Killed at the end for good: its shared memory then goes with the folder.
        options.Settings["dynamic_shared_memory_type"] = "mmap";
        await using var server = await PostgresServer.StartAsync(options, Ct);
        var (port, killed) = (server.Port, server.ProcessId);
        await Sql.ExecuteAsync(server.GetConnectionString(), "CREATE TABLE kept AS SELECT 42 AS answer");
        var busy = Sql.ExecuteAsync(server.GetConnectionString() + ";Command Timeout=60", Busy);
        await Eventually.IsTrueAsync(
            () => Sql.ScalarAsync<long>(server.GetConnectionString(), "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'DO %' AND state = 'active'").Result == 1, () => "the loop does not run");

        ProcessTable.Kill(killed);
        await server.RestartAsync(Ct);
        Assert.Equal(port, server.Port);
        Assert.NotEqual(killed, server.ProcessId);
        if (kept) Assert.Equal(42, await Sql.ScalarAsync<int>(server.GetConnectionString(), "SELECT answer FROM kept"));
        await Assert.ThrowsAnyAsync<Npgsql.NpgsqlException>(() => busy);

        ProcessTable.Kill(server.ProcessId);
        await server.StopAsync(Ct);
        await Eventually.IsTrueAsync(() => ProcessTable.In(server.DataDirectory).Count == 0, () => ProcessTable.Describe(server.DataDirectory));
        Assert.Equal(kept, Directory.Exists(server.DataDirectory));
    }

    [Fact]
    public async Task A_live_server_restarts_and_can_create_databases_after_it()
    {
        await using var server = await PostgresServer.StartAsync(new() { DataDirectory = _folder.Data }, Ct);
        var (port, before) = (server.Port, server.ProcessId);
        Assert.True(await server.CreateDatabaseAsync("before", Ct));
        await server.RestartAsync(Ct);
        Assert.Equal(port, server.Port);
        Assert.NotEqual(before, server.ProcessId);
        Assert.False(await server.CreateDatabaseAsync("before", Ct));
    }

    [Fact]
    public async Task After_a_kill_and_a_stop_the_same_folder_and_port_start_again_in_the_same_process()
    {
        int port;
        await using (var server = await PostgresServer.StartAsync(new() { DataDirectory = _folder.Data }, Ct))
        {
            port = server.Port;
            ProcessTable.Kill(server.ProcessId);
        }

        await using var again = await PostgresServer.StartAsync(new() { DataDirectory = _folder.Data, Port = port }, Ct);
        Assert.Equal(port, again.Port);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_killed_watchdog_is_replaced_so_that_restart_and_stop_work(bool kept)
    {
        var server = await PostgresServer.StartAsync(new() { DataDirectory = kept ? _folder.Data : null }, Ct);
        var folder = kept ? Path.Combine(_folder.Data, "server") : server.DataDirectory;
        ProcessTable.Kill(ProcessTable.Watchdog(folder));
        await server.RestartAsync(Ct);
        Assert.Equal(1, await Sql.ScalarAsync<int>(server.GetConnectionString(), "SELECT 1"));

        ProcessTable.Kill(ProcessTable.Watchdog(folder));
        await server.StopAsync(Ct);
        await Eventually.IsTrueAsync(() => ProcessTable.In(server.DataDirectory).Count == 0, () => ProcessTable.Describe(server.DataDirectory));
        Assert.Equal(kept, Directory.Exists(server.DataDirectory));
    }

    [Fact]
    public async Task A_process_id_in_postmaster_pid_that_another_program_has_now_is_seen_through()
    {
        string[] lines;
        var file = Path.Combine(_folder.Cluster, "postmaster.pid");
        await using (var server = await PostgresServer.StartAsync(new() { DataDirectory = _folder.Data }, Ct))
            lines = await File.ReadAllLinesAsync(file, Ct);

        // Of the same account: that is what PostgreSQL takes for another server on the folder.
        using var stranger = Command.Start(Command.AsServer("/bin/sleep", ["60"], ServerAccount.Choose()));
        try
        {
            lines[0] = stranger.Id.ToString(CultureInfo.InvariantCulture);
            await File.WriteAllLinesAsync(file, lines, Ct);
            if (ServerAccount.Choose() is { IsAnother: true } account) Posix.ChangeOwner(file, account.Uid, account.Gid);

            await using var server = await PostgresServer.StartAsync(new() { DataDirectory = _folder.Data }, Ct);
            Assert.Equal(1, await Sql.ScalarAsync<int>(server.GetConnectionString(), "SELECT 1"));
            Assert.False(stranger.HasExited);
        }
        finally
        {
            stranger.Kill();
        }
    }

    [Fact]
    public async Task A_half_done_initdb_is_thrown_away()
    {
        var half = Path.Combine(_folder.Data, "server", "roadworthy-init.1");
        await using (await PostgresServer.StartAsync(new() { DataDirectory = _folder.Data }, Ct))
        {
        }

        Process.Start("mv", [_folder.Cluster, half])!.WaitForExit();
        File.Delete(Path.Combine(half, "global", "pg_control"));
        await using var server = await PostgresServer.StartAsync(new() { DataDirectory = _folder.Data }, Ct);
        Assert.Equal(1, await Sql.ScalarAsync<int>(server.GetConnectionString(), "SELECT 1"));
        Assert.False(Directory.Exists(half));
    }
}

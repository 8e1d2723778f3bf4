using Roadworthy.Postgres.Tests.Support;

namespace Roadworthy.Postgres.Tests;

/// <summary>The owner is another process, and is really killed.</summary>
public sealed class KilledOwnerTests : IDisposable
{
    private const int Int = 2;
    private const int Kill = 9;
    private const int Term = 15;

    private readonly TempFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Kill)]
    [InlineData(Term)]
    [InlineData(Int)]
    public async Task A_throwaway_server_and_its_folder_go_with_an_owner_that_gets_signal(int signal)
    {
        using var host = await HostProcess.StartAsync();
        Assert.NotEmpty(ProcessTable.In(host.DataDirectory));
        host.Signal(signal);
        await Eventually.IsTrueAsync(
            () => !Directory.Exists(host.DataDirectory) && ProcessTable.In(host.DataDirectory).Count == 0, () => ProcessTable.Describe(host.DataDirectory));
    }

    [Fact]
    public async Task A_kept_server_goes_with_its_owner_and_starts_again_at_once_with_its_data()
    {
        var password = "";
        using (var host = await HostProcess.StartAsync(_folder.Data))
        {
            password = await File.ReadAllTextAsync(Path.Combine(_folder.Data, "password"), Ct);
            await Sql.ExecuteAsync($"Host=127.0.0.1;Port={host.Port};Username=postgres;Password={password}", "CREATE TABLE kept AS SELECT 42 AS answer");
            await host.KillAsync();
        }

        await using var server = await PostgresServer.StartAsync(new() { DataDirectory = _folder.Data }, Ct);
        Assert.Equal(42, await Sql.ScalarAsync<int>(server.GetConnectionString(), "SELECT answer FROM kept"));
        Assert.Contains(password, server.GetConnectionString(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task Ten_kills_at_any_moment_of_a_start_leave_a_folder_that_starts()
    {
        // Spread over loading, initdb (some 0.6 s) and the start itself; from the fourth on, also over a start of a whole cluster.
        foreach (var milliseconds in new[] { 100, 200, 300, 450, 600, 750, 900, 150, 250, 350 })
        {
            using var host = HostProcess.Begin(_folder.Data);
            await Task.Delay(milliseconds, Ct);
            await host.KillAsync();
        }

        await using (var server = await PostgresServer.StartAsync(new() { DataDirectory = _folder.Data }, Ct))
            Assert.Equal(1, await Sql.ScalarAsync<int>(server.GetConnectionString(), "SELECT 1"));
        await Eventually.IsTrueAsync(() => ProcessTable.In(_folder.Root).Count == 0, () => ProcessTable.Describe(_folder.Root));
        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(_folder.Data, "server"), "roadworthy-init.*"));
    }

    [Fact]
    public async Task A_throwaway_folder_goes_even_when_its_owner_is_killed_during_initdb()
    {
        var parent = Directory.Exists("/dev/shm") && new DriveInfo("/dev/shm").AvailableFreeSpace >= 1L << 30 ? "/dev/shm" : Path.GetTempPath();
        string[] Folders() => [.. Directory.EnumerateDirectories(parent, "roadworthy-postgres-*").Where(path => Directory.EnumerateDirectories(path, "roadworthy-init.*").Any())];
        using var host = HostProcess.Begin();
        var mine = "";
        await Eventually.IsTrueAsync(() => (mine = Folders().FirstOrDefault(path => Owner(path) == host.Id) ?? "").Length > 0, () => "no initdb was seen");
        await host.KillAsync();
        await Eventually.IsTrueAsync(() => !Directory.Exists(mine) && ProcessTable.In(mine).Count == 0, () => ProcessTable.Describe(mine));
    }

    [Fact]
    public async Task A_server_whose_owner_and_watchdog_were_both_killed_is_stopped_by_the_next_start()
    {
        int orphan;
        using (var host = await HostProcess.StartAsync(_folder.Data))
        {
            orphan = host.ServerId;
            ProcessTable.Kill(ProcessTable.Watchdog(Path.Combine(_folder.Data, "server")));
            await host.KillAsync();
        }

        Assert.Contains(orphan, ProcessTable.In(_folder.Root));
        await using var server = await PostgresServer.StartAsync(new() { DataDirectory = _folder.Data }, Ct);
        Assert.NotEqual(orphan, server.ProcessId);
        Assert.DoesNotContain(orphan, ProcessTable.In(_folder.Root));
        Assert.Equal(1, await Sql.ScalarAsync<int>(server.GetConnectionString(), "SELECT 1"));
    }

    [Fact]
    public async Task A_throwaway_server_whose_owner_and_watchdog_were_both_killed_is_swept_by_the_next_throwaway_start()
    {
        string folder;
        using (var host = await HostProcess.StartAsync())
        {
            folder = host.DataDirectory;
            ProcessTable.Kill(ProcessTable.Watchdog(folder));
            await host.KillAsync();
        }

        Assert.True(Directory.Exists(folder));
        await using var server = await PostgresServer.StartAsync(ct: Ct);
        await Eventually.IsTrueAsync(() => !Directory.Exists(folder) && ProcessTable.In(folder).Count == 0, () => ProcessTable.Describe(folder));
    }

    [Fact]
    public async Task A_throwaway_server_of_another_container_is_left_alone_though_its_processes_can_not_be_seen()
    {
        await using var server = await PostgresServer.StartAsync(ct: Ct);
        var watchdog = Path.Combine(server.DataDirectory, "watchdog");
        var ids = await File.ReadAllTextAsync(watchdog, Ct);
        // As the ids of another container look from here: of nobody.
        await File.WriteAllTextAsync(watchdog, "4194303 4194302", Ct);
        await using (await PostgresServer.StartAsync(ct: Ct)) Assert.Equal(1, await Sql.ScalarAsync<int>(server.GetConnectionString(), "SELECT 1"));
        await File.WriteAllTextAsync(watchdog, ids, Ct);
    }

    [Fact]
    public async Task Signals_of_a_terminal_reach_neither_watchdog_nor_server()
    {
        await using var server = await PostgresServer.StartAsync(new() { DataDirectory = _folder.Data }, Ct);
        var watchdog = ProcessTable.Watchdog(Path.Combine(_folder.Data, "server"));
        foreach (var signal in new[] { 1, Int, Term }) ProcessTable.Kill(watchdog, signal);
        // The server has a session of its own, so a terminal's signals do not come to it at all.
        Assert.Equal(server.ProcessId, int.Parse(ProcessTable.Run("ps", "-o", "pgid=", "-p", $"{server.ProcessId}"), System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(1, await Sql.ScalarAsync<int>(server.GetConnectionString(), "SELECT 1"));
        await server.StopAsync(Ct);
        Assert.Empty(ProcessTable.In(_folder.Root));
    }

    [Fact]
    public async Task A_watchdog_leaves_a_server_alone_that_it_did_not_start()
    {
        await using var server = await PostgresServer.StartAsync(new() { DataDirectory = _folder.Data }, Ct);
        await Eventually.IsTrueAsync(() => !ProcessTable.Describe(_folder.Root).Contains("bin/pg_ctl start", StringComparison.Ordinal), () => "pg_ctl still waits");
        var file = Path.Combine(_folder.Cluster, "postmaster.pid");
        var lines = await File.ReadAllLinesAsync(file, Ct);
        var watchdog = ProcessTable.Watchdog(Path.Combine(_folder.Data, "server"));
        // As if its own server had ended and another one run there now, under another id.
        lines[0] = $"{Environment.ProcessId}";
        await File.WriteAllLinesAsync(file, lines, Ct);
        await server.StopAsync(Ct);
        Assert.DoesNotContain(watchdog, ProcessTable.In(_folder.Root));
        Assert.Contains(server.ProcessId, ProcessTable.In(_folder.Root));
    }

    private static int Owner(string folder)
    {
        try
        {
            return int.Parse(File.ReadAllText(Path.Combine(folder, "watchdog")).Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or IndexOutOfRangeException)
        {
            return 0;
        }
    }
}

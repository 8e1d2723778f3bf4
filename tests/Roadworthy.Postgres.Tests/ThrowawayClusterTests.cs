using Roadworthy.Postgres.Tests.Support;

namespace Roadworthy.Postgres.Tests;

public sealed class ThrowawayClusterTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_starts_at_once_give_two_fast_servers_that_leave_nothing_behind()
    {
        var servers = await Task.WhenAll(PostgresServer.StartAsync(ct: Ct), PostgresServer.StartAsync(ct: Ct));
        Assert.NotEqual(servers[0].Port, servers[1].Port);
        foreach (var server in servers)
        {
            Assert.Equal("off", await Sql.ShowAsync(server, "fsync"));
            Assert.Equal("off", await Sql.ShowAsync(server, "full_page_writes"));
            Assert.Equal("off", await Sql.ShowAsync(server, "synchronous_commit"));
            await server.StopAsync(Ct);
            Assert.False(Directory.Exists(server.DataDirectory));
            Assert.Empty(ProcessTable.In(server.DataDirectory));
        }
    }

    [Fact]
    public async Task It_lies_in_memory_where_a_gigabyte_is_free_there()
    {
        var room = Directory.Exists("/dev/shm") && new DriveInfo("/dev/shm").AvailableFreeSpace >= 1L << 30;
        await using var server = await PostgresServer.StartAsync(ct: Ct);
        Assert.Equal(room, server.DataDirectory.StartsWith("/dev/shm/", StringComparison.Ordinal));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(server.DataDirectory));
    }

    [Fact]
    public async Task A_given_setting_wins_over_the_fast_ones()
    {
        var options = new PostgresServerOptions();
        options.Settings["fsync"] = "on";
        await using var server = await PostgresServer.StartAsync(options, Ct);
        Assert.Equal("on", await Sql.ShowAsync(server, "fsync"));
    }

    [Fact]
    public async Task A_failed_start_leaves_nothing_behind()
    {
        string? folder = null;
        var options = new PostgresServerOptions { Progress = sentence => folder = sentence.Split('\'')[1] };
        options.Settings["no_such_setting"] = "1";
        var error = await Assert.ThrowsAsync<PostgresServerException>(() => PostgresServer.StartAsync(options, Ct));
        Assert.Contains("unrecognized configuration parameter \"no_such_setting\"", error.Message, StringComparison.Ordinal);
        Assert.NotNull(folder);
        Assert.False(Directory.Exists(folder));
    }
}

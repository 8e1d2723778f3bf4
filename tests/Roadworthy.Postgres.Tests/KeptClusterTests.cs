using Roadworthy.Postgres.Tests.Support;

namespace Roadworthy.Postgres.Tests;

public sealed class KeptClusterTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_second_start_finds_data_password_and_port_of_the_first()
    {
        string first;
        await using (var server = await PostgresServer.StartAsync(new() { DataDirectory = _folder.Data }, Ct))
        {
            first = server.GetConnectionString();
            await Sql.ExecuteAsync(first, "CREATE TABLE kept AS SELECT 42 AS answer");
        }

        await using var again = await PostgresServer.StartAsync(new() { DataDirectory = _folder.Data }, Ct);
        Assert.Equal(first, again.GetConnectionString());
        Assert.Equal(42, await Sql.ScalarAsync<int>(first, "SELECT answer FROM kept"));
        Assert.Equal(_folder.Data, again.DataDirectory);
    }

    [Fact]
    public async Task Its_settings_are_safe_and_its_encoding_is_utf8()
    {
        await using var server = await PostgresServer.StartAsync(new() { DataDirectory = _folder.Data }, Ct);
        Assert.Equal("on", await Sql.ShowAsync(server, "fsync"));
        Assert.Equal("on", await Sql.ShowAsync(server, "full_page_writes"));
        Assert.Equal("on", await Sql.ShowAsync(server, "synchronous_commit"));
        Assert.Equal("UTF8", await Sql.ShowAsync(server, "server_encoding"));
        var collation = await Sql.ScalarAsync<string>(server.GetConnectionString(), "SELECT datcollate FROM pg_database WHERE datname = 'postgres'");
        Assert.Equal("C", collation);
    }

    [Fact]
    public async Task Given_settings_reach_the_server_whatever_they_hold()
    {
        var options = new PostgresServerOptions { DataDirectory = _folder.Data };
        options.Settings["shared_preload_libraries"] = "pg_stat_statements";
        options.Settings["application_name"] = """it's "quoted"; $HOME `id` \ done""";
        await using var server = await PostgresServer.StartAsync(options, Ct);
        Assert.Equal("pg_stat_statements", await Sql.ShowAsync(server, "shared_preload_libraries"));
        Assert.Equal(options.Settings["application_name"], await Sql.ShowAsync(server, "application_name"));
    }

    [Fact]
    public async Task A_database_is_created_once_in_utf8_whatever_its_name()
    {
        await using var server = await PostgresServer.StartAsync(new() { DataDirectory = _folder.Data }, Ct);
        Assert.True(await server.CreateDatabaseAsync("""we"ird -- Name""", Ct));
        Assert.False(await server.CreateDatabaseAsync("""we"ird -- Name""", Ct));
        Assert.Equal("UTF8", await Sql.ScalarAsync<string>(server.GetConnectionString("""we"ird -- Name"""), "SHOW server_encoding"));

        var racers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => server.CreateDatabaseAsync("raced", Ct)));
        Assert.Equal(1, racers.Count(won => won));
    }

    [Fact]
    public async Task Stop_can_be_called_again_and_leaves_no_process_and_the_folder_free()
    {
        var server = await PostgresServer.StartAsync(new() { DataDirectory = _folder.Data }, Ct);
        await server.StopAsync(Ct);
        await server.StopAsync(Ct);
        await server.DisposeAsync();
        Assert.Empty(ProcessTable.In(_folder.Root));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => server.RestartAsync(Ct));
    }

    [Fact]
    public async Task A_cancelled_start_leaves_no_process_and_the_folder_usable()
    {
        using var source = new CancellationTokenSource();
        var options = new PostgresServerOptions { DataDirectory = _folder.Data, Progress = _ => source.CancelAfter(200) };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => PostgresServer.StartAsync(options, source.Token));
        Assert.Empty(ProcessTable.In(_folder.Root));
        await using var server = await PostgresServer.StartAsync(new() { DataDirectory = _folder.Data }, Ct);
        Assert.Equal(1, await Sql.ScalarAsync<int>(server.GetConnectionString(), "SELECT 1"));
    }
}

using Npgsql;
using Roadworthy.Wire.Tests.Support;

namespace Roadworthy.Wire.Tests.Proxy;

public sealed class PassingTests(Database database)
{
    [Fact]
    public async Task A_client_that_sends_byte_by_byte_gets_the_same_answer()
    {
        using var server = new FakeServer();
        var log = new Recorder();
        await using var proxy = WireProxy.Start(new() { Port = server.Port, Observer = log });
        using var client = new RawClient(proxy.Port);
        byte[] sent = [.. Messages.Startup(), .. Messages.Parse("s", "SELECT $1"), .. Messages.Bind("", "s", "x"), .. Messages.Execute(), .. Messages.Sync()];
        byte[] answer = [.. Messages.Make('R', [0, 0, 0, 0]), .. Messages.Ready(), .. Messages.ParseComplete(), .. Messages.BindComplete(), .. Messages.DataRow(), .. Messages.Complete("SELECT 1"), .. Messages.Ready()];
        foreach (var one in sent[..Messages.Startup().Length]) client.Send([one]);
        using var accepted = server.Accept();
        accepted.NoDelay = true;
        foreach (var one in sent[Messages.Startup().Length..]) client.Send([one]);
        Assert.Equal(sent, FakeServer.Read(accepted, sent.Length));
        foreach (var one in answer) accepted.Send([one]);
        Assert.Equal("RZ", client.ReadUntil('Z'));
        Assert.Equal("12DCZ", client.ReadUntil('Z'));
        Assert.Equal(["select ?"], log.Texts);
    }

    [Fact]
    public async Task Both_sides_may_send_more_than_the_other_reads_at_once()
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        await using var connection = await at.OpenAsync("Command Timeout=60");
        // Requests and answers of megabytes in one pipeline: who only ever does one thing would stand still.
        await using var batch = new NpgsqlBatch(connection);
        for (var n = 0; n < 40; n++) batch.BatchCommands.Add(new("SELECT $1 || 'y'") { Parameters = { new() { Value = new string('x', 200_000) } } });
        await using var reader = await batch.ExecuteReaderAsync();
        var length = 0L;
        do
        {
            while (await reader.ReadAsync()) length += reader.GetString(0).Length;
        }
        while (await reader.NextResultAsync());
        Assert.Equal(40 * 200_001L, length);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_client_that_is_killed_leaves_nothing_behind(bool inTransaction)
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        var connection = await at.OpenAsync();
        if (inTransaction) await connection.RunAsync("BEGIN; INSERT INTO items VALUES (1)");
        var process = connection.ProcessID;
        await connection.CloseAsync();
        await Eventually.TrueAsync(async () => (long)(await at.AskAsync($"SELECT count(*) FROM pg_stat_activity WHERE pid = {process}"))! == 0);
        await Eventually.TrueAsync(() => at.Proxy.Connections.Count == 0);
        Assert.Equal(0L, await at.AskAsync("SELECT count(*) FROM items"));
    }

    [Fact]
    public async Task A_server_process_that_is_terminated_says_so_through_the_proxy()
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        await using var connection = await at.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT pg_sleep(60)", connection);
        var slow = command.ExecuteNonQueryAsync();
        await Eventually.TrueAsync(() => at.Proxy.Connections.Single().InFlight == 1);
        Assert.Equal(connection.ProcessID, at.Proxy.Connections.Single().ProcessId);
        await Eventually.TrueAsync(async () => (bool)(await at.AskAsync($"SELECT pg_terminate_backend({connection.ProcessID})"))!);
        Assert.Equal("57P01", (await Assert.ThrowsAsync<PostgresException>(() => slow)).SqlState);
        await Eventually.TrueAsync(() => at.Proxy.Connections.Count == 0);
    }

    [Fact]
    public async Task A_proxy_that_is_disposed_ends_its_connections()
    {
        var at = await ProxiedDatabase.CreateAsync(database);
        await using var connection = await at.OpenAsync();
        var slow = connection.RunAsync("SELECT pg_sleep(60)");
        await Eventually.TrueAsync(() => at.Proxy.Connections.Single().InFlight == 1);
        await at.DisposeAsync();
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => slow);
        await at.DisposeAsync();
    }

    [Fact]
    public async Task A_client_without_manners_ends_nothing_but_itself()
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        var random = new Random(5);
        for (var n = 0; n < 60; n++)
        {
            using var client = new RawClient(at.Proxy.Port);
            var noise = new byte[random.Next(1, 3_000)];
            random.NextBytes(noise);
            client.Send(n % 2 == 0 ? [noise] : [Messages.Startup(database: at.Name), noise]);
        }

        await using var connection = await at.OpenAsync();
        Assert.Equal(1, await connection.AskAsync("SELECT 1"));
        await connection.CloseAsync();
        await Eventually.TrueAsync(() => at.Proxy.Connections.Count == 0);
    }

    [Fact]
    public async Task A_server_without_manners_ends_nothing_but_its_connection()
    {
        using var server = new FakeServer();
        await using var proxy = WireProxy.Start(new() { Port = server.Port, Observer = new Recorder() });
        var random = new Random(6);
        for (var n = 0; n < 40; n++)
        {
            using var client = new RawClient(proxy.Port);
            client.Send(Messages.Startup());
            using var accepted = server.Accept();
            var noise = new byte[random.Next(1, 70_000)];
            random.NextBytes(noise);
            accepted.Send(n % 2 == 0 ? noise : [.. Messages.Ready(), .. noise]);
        }

        await Eventually.TrueAsync(() => proxy.Connections.Count == 0);
    }
}

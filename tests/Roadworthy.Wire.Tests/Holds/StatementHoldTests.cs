using Npgsql;
using Roadworthy.Wire.Tests.Support;

namespace Roadworthy.Wire.Tests.Holds;

public sealed class StatementHoldTests(Database database)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static bool IsWrite(in PendingStatement statement) => statement.Shape.Kind == StatementKind.Write;

    [Fact]
    public async Task A_statement_is_held_before_the_server_gets_it()
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        await using var connection = await at.OpenAsync();
        using var hold = at.Proxy.Hold(HoldPoint.BeforeStatement, IsWrite);
        var insert = connection.RunAsync("INSERT INTO items VALUES ($1)", 1);
        Assert.True(await hold.ReachedAsync(Limit));
        Assert.Equal(("insert into items values (?)", connection.ProcessID, true), (hold.Shape!.Text, hold.Connection!.ProcessId, hold.Connection.IsHeld));
        Assert.Equal(0L, await at.AskAsync("SELECT count(*) FROM items"));
        Assert.False(insert.IsCompleted);
        hold.Release();
        Assert.Equal(1, await insert);
        Assert.False(hold.Connection.IsHeld);
    }

    [Fact]
    public async Task Only_one_is_held_and_others_pass_it()
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        await using var first = await at.OpenAsync();
        await using var second = await at.OpenAsync();
        using var hold = at.Proxy.Hold(HoldPoint.BeforeStatement, IsWrite);
        var held = first.RunAsync("INSERT INTO items VALUES (1)");
        Assert.True(await hold.ReachedAsync(Limit));
        Assert.Equal(1, await second.RunAsync("INSERT INTO items VALUES (2)"));
        hold.Release();
        await held;
    }

    [Fact]
    public async Task A_statement_that_was_prepared_by_name_is_held_when_it_is_executed_later()
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        await using var connection = await at.OpenAsync();
        await using var insert = new NpgsqlCommand("INSERT INTO items VALUES ($1)", connection) { Parameters = { new() { Value = 1 } } };
        await insert.PrepareAsync();
        using var hold = at.Proxy.Hold(HoldPoint.BeforeStatement, IsWrite);
        var running = insert.ExecuteNonQueryAsync();
        Assert.True(await hold.ReachedAsync(Limit));
        hold.Release();
        Assert.Equal(1, await running);
    }

    [Fact]
    public async Task What_is_pipelined_before_the_held_statement_is_sent_and_answered()
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(at.Through) { Pooling = true, MaxPoolSize = 1 }.ConnectionString);
        await using (var first = await source.OpenConnectionAsync()) await first.AskAsync("SELECT 1");
        await using var connection = await source.OpenConnectionAsync();
        using var hold = at.Proxy.Hold(HoldPoint.BeforeStatement, IsWrite);
        // DISCARD ALL, BEGIN and the command in one piece.
        await using var transaction = await connection.BeginTransactionAsync();
        var insert = connection.RunAsync("INSERT INTO items VALUES (1)");
        Assert.True(await hold.ReachedAsync(Limit));
        await Eventually.TrueAsync(() => hold.Connection!.Status == TransactionStatus.InTransaction && hold.Connection.InFlight == 0);
        hold.Release();
        await insert;
        await transaction.CommitAsync();
        Assert.Equal(1L, await at.AskAsync("SELECT count(*) FROM items"));
        Assert.Equal(TransactionStatus.InTransaction, at.Log.Records.Single(record => record.Shape.Kind == StatementKind.Write).Before);
    }

    [Fact]
    public async Task Any_statement_of_a_query_of_several_holds_it()
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        using var client = await SignedInAsync(at);
        using var hold = at.Proxy.Hold(HoldPoint.BeforeStatement, IsWrite);
        client.Send(Messages.Query("SELECT 1; INSERT INTO items VALUES (1); SELECT 2"));
        Assert.True(await hold.ReachedAsync(Limit));
        hold.Release();
        Assert.Equal("TDCCTDCZ", client.ReadUntil('Z'));
    }

    [Fact]
    public async Task A_client_that_dies_while_it_is_held_has_sent_nothing()
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        var client = await SignedInAsync(at);
        using var hold = at.Proxy.Hold(HoldPoint.BeforeStatement, IsWrite);
        client.Send(Messages.Query("INSERT INTO items VALUES (1)"));
        Assert.True(await hold.ReachedAsync(Limit));
        client.Dispose();
        await Eventually.TrueAsync(() => at.Proxy.Connections.Count == 0);
        Assert.True(hold.IsReleased);
        Assert.Equal(0L, await at.AskAsync("SELECT count(*) FROM items"));
    }

    [Fact]
    public async Task A_server_that_dies_while_something_is_held_ends_the_connection()
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        await using var connection = await at.OpenAsync();
        using var hold = at.Proxy.Hold(HoldPoint.BeforeStatement, IsWrite);
        var insert = connection.RunAsync("INSERT INTO items VALUES (1)");
        Assert.True(await hold.ReachedAsync(Limit));
        await at.AskAsync($"SELECT pg_terminate_backend({connection.ProcessID})");
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => insert);
        Assert.Equal(0L, await at.AskAsync("SELECT count(*) FROM items"));
    }

    [Fact]
    public async Task What_is_held_goes_on_by_itself_after_its_limit_and_when_the_proxy_ends()
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        await using var connection = await at.OpenAsync();
        using var hold = at.Proxy.Hold(HoldPoint.BeforeStatement, IsWrite, TimeSpan.FromMilliseconds(50));
        Assert.Equal(1, await connection.RunAsync("INSERT INTO items VALUES (1)"));
        Assert.True(hold is { IsReached: true, IsReleased: true });
        var forEver = at.Proxy.Hold(HoldPoint.BeforeStatement, IsWrite, TimeSpan.FromHours(1));
        var insert = connection.RunAsync("INSERT INTO items VALUES (2)");
        Assert.True(await forEver.ReachedAsync(Limit));
        await at.Proxy.DisposeAsync();
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => insert);
    }

    [Fact]
    public async Task A_hold_that_is_taken_back_holds_nobody_and_one_that_nobody_reaches_says_so()
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        await using var connection = await at.OpenAsync();
        using (var hold = at.Proxy.Hold(HoldPoint.BeforeStatement, IsWrite)) Assert.False(await hold.ReachedAsync(TimeSpan.FromMilliseconds(1)));
        Assert.Equal(1, await connection.RunAsync("INSERT INTO items VALUES (1)"));
    }

    internal static async Task<RawClient> SignedInAsync(ProxiedDatabase at)
    {
        var client = new RawClient(at.Proxy.Port);
        client.Send(Messages.Startup(database: at.Name));
        await Task.Run(() => Scram.SignIn(client, at.Password));
        return client;
    }
}

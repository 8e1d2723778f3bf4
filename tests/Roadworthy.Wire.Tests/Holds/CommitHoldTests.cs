using Npgsql;
using Roadworthy.Wire.Tests.Support;
using static Roadworthy.Wire.Tests.Support.Messages;

namespace Roadworthy.Wire.Tests.Holds;

public sealed class CommitHoldTests(Database database)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static bool IsWrite(in PendingStatement statement) => statement.Shape.Kind == StatementKind.Write;

    public static TheoryData<string> Ways => ["query", "extended", "prepared", "query of several", "pipeline"];

    /// <summary>An INSERT without a transaction, however it is sent: done, locked, seen by nobody, until the hold is released.</summary>
    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_write_without_a_transaction_is_held_between_its_doing_and_its_commit(string way)
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        using var client = await StatementHoldTests.SignedInAsync(at);
        client.Send(Parse("by name", "INSERT INTO items VALUES ($1) RETURNING id"), Sync());
        client.ReadUntil('Z');
        using var hold = at.Proxy.Hold(HoldPoint.BeforeCommit, IsWrite);
        var answer = Send(client, way);
        Assert.True(await hold.ReachedAsync(Limit));
        Assert.Equal("insert into items values (?) returning id", hold.Shape!.Text);
        Assert.Equal(0L, await at.AskAsync("SELECT count(*) FROM items"));
        // It has been done: whoever wants the same key waits for it.
        var same = at.AskAsync("INSERT INTO items VALUES (1)");
        await Eventually.TrueAsync(async () => (bool)(await at.AskAsync($"SELECT exists(SELECT FROM pg_stat_activity WHERE {hold.Connection!.ProcessId} = ANY(pg_blocking_pids(pid)))"))!);
        hold.Release();
        var types = client.ReadUntil('Z');
        for (var n = answer.Count(c => c == 'Z'); n > 1; n--) types += client.ReadUntil('Z');
        Assert.Equal(answer, types);
        Assert.Equal("23505", (await Assert.ThrowsAsync<PostgresException>(() => same)).SqlState);
        Assert.Equal(1L, await at.AskAsync("SELECT count(*) FROM items"));
        Assert.Equal(TransactionStatus.Idle, at.Proxy.Connections.Single().Status);
        client.Send(Query("SELECT 1"));
        Assert.Equal("TDCZ", client.ReadUntil('Z'));
        Assert.DoesNotContain("begin", at.Log.Texts);
    }

    [Theory]
    [InlineData("query")]
    [InlineData("extended")]
    public async Task The_status_that_the_client_is_told_is_that_of_no_transaction(string way)
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        using var client = await StatementHoldTests.SignedInAsync(at);
        using var hold = at.Proxy.Hold(HoldPoint.BeforeCommit, IsWrite);
        if (way == "query") client.Send(Query("INSERT INTO items VALUES (1)"));
        else client.Send(Parse("", "INSERT INTO items VALUES (1)"), Bind("", ""), Execute(), Sync());
        Assert.True(await hold.ReachedAsync(Limit));
        hold.Release();
        byte[]? message;
        do message = client.Message();
        while (message![0] != 'Z');
        Assert.Equal((byte)'I', message[5]);
    }

    [Theory]
    [InlineData("query", "EZ")]
    [InlineData("extended", "12CEZ")]
    public async Task A_commit_that_fails_is_told_and_not_the_success_before_it(string way, string expected)
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        using var client = await StatementHoldTests.SignedInAsync(at);
        using var hold = at.Proxy.Hold(HoldPoint.BeforeCommit, IsWrite);
        // The foreign key is checked at the commit, and fails there.
        const string insert = "INSERT INTO items VALUES (1, 'x', 99)";
        if (way == "query") client.Send(Query(insert));
        else client.Send(Parse("", insert), Bind("", ""), Execute(), Sync());
        Assert.True(await hold.ReachedAsync(Limit));
        hold.Release();
        Assert.Equal(expected, client.ReadUntil('Z'));
        client.Send(Query("INSERT INTO items VALUES (2)"));
        Assert.Equal("CZ", client.ReadUntil('Z'));
        Assert.Equal(1L, await at.AskAsync("SELECT count(*) FROM items"));
    }

    [Theory]
    [InlineData("query")]
    [InlineData("extended")]
    public async Task A_write_that_fails_is_told_as_it_is_and_not_held(string way)
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        await at.AskAsync("INSERT INTO items VALUES (1)");
        using var client = await StatementHoldTests.SignedInAsync(at);
        using var hold = at.Proxy.Hold(HoldPoint.BeforeCommit, IsWrite);
        if (way == "query") client.Send(Query("INSERT INTO items VALUES (1)"));
        else client.Send(Parse("", "INSERT INTO items VALUES (1)"), Bind("", ""), Execute(), Sync());
        Assert.Equal(way == "query" ? "EZ" : "12EZ", client.ReadUntil('Z'));
        Assert.False(hold.IsReached);
        // It waits for the next one.
        client.Send(Query("INSERT INTO items VALUES (2)"));
        Assert.True(await hold.ReachedAsync(Limit));
        hold.Release();
        Assert.Equal("CZ", client.ReadUntil('Z'));
    }

    [Fact]
    public async Task What_is_pipelined_before_is_drained_first()
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        using var client = await StatementHoldTests.SignedInAsync(at);
        using var hold = at.Proxy.Hold(HoldPoint.BeforeCommit, IsWrite);
        // As a pool sends it: the reset of a connection, and the command behind it.
        client.Send([.. Query("DISCARD ALL"), .. Query("SELECT pg_sleep(0.1)"), .. Query("INSERT INTO items VALUES (1)"), .. Query("SELECT 1")]);
        Assert.True(await hold.ReachedAsync(Limit));
        Assert.Equal("CZ", client.ReadUntil('Z'));
        Assert.Equal("TDCZ", client.ReadUntil('Z'));
        hold.Release();
        Assert.Equal("CZ", client.ReadUntil('Z'));
        Assert.Equal("TDCZ", client.ReadUntil('Z'));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_COMMIT_that_covers_a_write_is_held(bool pooled)
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(at.Through) { Pooling = true, MaxPoolSize = 1 }.ConnectionString);
        if (pooled)
        {
            await using var before = await source.OpenConnectionAsync();
            await before.AskAsync("SELECT 1");
        }

        await using var connection = await source.OpenConnectionAsync();
        using var hold = at.Proxy.Hold(HoldPoint.BeforeCommit, IsWrite);
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.RunAsync("INSERT INTO items VALUES (1)");
        await connection.RunAsync("SELECT 1");
        Assert.False(hold.IsReached);
        var commit = transaction.CommitAsync();
        Assert.True(await hold.ReachedAsync(Limit));
        Assert.Equal(0L, await at.AskAsync("SELECT count(*) FROM items"));
        hold.Release();
        await commit;
        Assert.Equal(1L, await at.AskAsync("SELECT count(*) FROM items"));
    }

    [Fact]
    public async Task A_write_that_is_rolled_back_has_no_commit_and_the_next_one_is_waited_for()
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        await using var connection = await at.OpenAsync();
        using var hold = at.Proxy.Hold(HoldPoint.BeforeCommit, IsWrite);
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await connection.RunAsync("INSERT INTO items VALUES (1)");
            await transaction.RollbackAsync();
        }

        Assert.False(hold.IsReached);
        var insert = connection.RunAsync("INSERT INTO items VALUES (1)");
        Assert.True(await hold.ReachedAsync(Limit));
        hold.Release();
        Assert.Equal(1, await insert);
    }

    [Theory]
    [InlineData("BEGIN; INSERT INTO items VALUES (1); COMMIT", "CCCZ")]
    [InlineData("BEGIN; INSERT INTO items VALUES (1); COMMIT; SELECT 1", "CCCTDCZ")]
    public async Task A_COMMIT_inside_a_query_is_held_behind_what_stands_before_it(string sql, string expected)
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        using var client = await StatementHoldTests.SignedInAsync(at);
        using var hold = at.Proxy.Hold(HoldPoint.BeforeCommit, IsWrite);
        client.Send(Query(sql));
        Assert.True(await hold.ReachedAsync(Limit));
        Assert.Equal(TransactionStatus.InTransaction, hold.Connection!.Status);
        Assert.Equal(0L, await at.AskAsync("SELECT count(*) FROM items"));
        hold.Release();
        Assert.Equal(expected, client.ReadUntil('Z'));
        Assert.Equal(1L, await at.AskAsync("SELECT count(*) FROM items"));
    }

    [Fact]
    public async Task More_rows_than_are_kept_reach_the_client_and_the_commit_is_held_all_the_same()
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        using var client = await StatementHoldTests.SignedInAsync(at);
        using var hold = at.Proxy.Hold(HoldPoint.BeforeCommit, IsWrite);
        client.Send(Query("INSERT INTO items SELECT n, repeat('x', 100) FROM generate_series(1, 100000) n RETURNING *"));
        var read = Task.Run(() => client.ReadUntil('Z'));
        Assert.True(await hold.ReachedAsync(Limit));
        Assert.False(read.IsCompleted);
        hold.Release();
        Assert.Equal(100_000 + 3, (await read).Length);
        Assert.Equal(100_000L, await at.AskAsync("SELECT count(*) FROM items"));
    }

    [Theory]
    [InlineData("query", true)]
    [InlineData("query", false)]
    [InlineData("extended", true)]
    [InlineData("extended", false)]
    public async Task Whoever_dies_while_a_commit_is_held_has_committed_nothing(string way, bool client)
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        var raw = await StatementHoldTests.SignedInAsync(at);
        using var hold = at.Proxy.Hold(HoldPoint.BeforeCommit, IsWrite);
        if (way == "query") raw.Send(Query("INSERT INTO items VALUES (1)"));
        else raw.Send(Parse("", "INSERT INTO items VALUES (1)"), Bind("", ""), Execute(), Sync());
        Assert.True(await hold.ReachedAsync(Limit));
        if (client) raw.Dispose();
        else await at.AskAsync($"SELECT pg_terminate_backend({hold.Connection!.ProcessId})");
        await Eventually.TrueAsync(() => at.Proxy.Connections.Count == 0);
        await Eventually.TrueAsync(async () => (long)(await at.AskAsync($"SELECT count(*) FROM pg_stat_activity WHERE pid = {hold.Connection!.ProcessId}"))! == 0);
        Assert.Equal(0L, await at.AskAsync("SELECT count(*) FROM items"));
        if (!client) Assert.DoesNotContain('Z', raw.ReadUntil('Z'));
        raw.Dispose();
    }

    [Fact]
    public async Task A_check_then_act_race_is_forced()
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        const string take = "INSERT INTO items SELECT (SELECT coalesce(max(id), 0) + 1 FROM items), 'seat' WHERE NOT EXISTS (SELECT FROM items WHERE name = 'seat') ON CONFLICT DO NOTHING";
        await using var a = await at.OpenAsync();
        await using var b = await at.OpenAsync();
        await at.AskAsync("ALTER TABLE items DROP CONSTRAINT items_pkey CASCADE");
        using var hold = at.Proxy.Hold(HoldPoint.BeforeCommit, IsWrite);
        var first = a.RunAsync(take);
        Assert.True(await hold.ReachedAsync(Limit));
        Assert.Equal(1, await b.RunAsync(take));
        hold.Release();
        Assert.Equal(1, await first);
        Assert.Equal(2L, await at.AskAsync("SELECT count(*) FROM items WHERE name = 'seat'"));
    }

    /// <returns>The types of what is answered.</returns>
    private static string Send(RawClient client, string way)
    {
        const string insert = "INSERT INTO items VALUES (1) RETURNING id";
        switch (way)
        {
            case "query":
                client.Send(Query(insert));
                return "TDCZ";
            case "extended":
                client.Send(Parse("", insert), Bind("", ""), DescribePortal(), Execute(), Sync());
                return "12TDCZ";
            case "prepared":
                client.Send(Bind("", "by name", "1"), Execute(), Sync());
                return "2DCZ";
            case "query of several":
                client.Send(Query($"SELECT 1; {insert}; SELECT 2"));
                return "TDCTDCTDCZ";
            default:
                client.Send([.. Parse("", insert), .. Bind("", ""), .. Execute(), .. Sync(), .. Query("SELECT 1"), .. Query("SELECT 2")]);
                return "12DCZTDCZTDCZ";
        }
    }
}

using Npgsql;
using Roadworthy.Wire.Tests.Support;

namespace Roadworthy.Wire.Tests.Faults;

public sealed class FaultTests(Database database)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static bool IsInsert(in PendingStatement statement) => statement.Shape.Text.StartsWith("insert into items", StringComparison.Ordinal);

    private static bool IsCommit(in PendingStatement statement) => statement.Shape.Kind == StatementKind.Commit;

    [Fact]
    public async Task A_made_up_error_in_a_transaction_fails_it_until_ROLLBACK()
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        await using var connection = await at.OpenAsync("Include Error Detail=true");
        using var fault = at.Proxy.Fail("40001", "could not serialize access", IsInsert);
        await connection.RunAsync("INSERT INTO parents VALUES (1)");
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await connection.RunAsync("INSERT INTO parents VALUES (2)");
            var error = await Assert.ThrowsAsync<PostgresException>(() => connection.RunAsync("INSERT INTO items VALUES ($1)", 1));
            Assert.Equal(("40001", "could not serialize access", true), (error.SqlState, error.MessageText, error.IsTransient));
            Assert.Equal("25P02", (await Assert.ThrowsAsync<PostgresException>(() => connection.RunAsync("SELECT 1"))).SqlState);
            Assert.Equal("25P02", (await Assert.ThrowsAsync<PostgresException>(() => connection.RunAsync("INSERT INTO items VALUES (1)"))).SqlState);
            await transaction.RollbackAsync();
        }

        Assert.Equal(1, await connection.RunAsync("INSERT INTO items VALUES ($1)", 1));
        Assert.Equal((1L, 1L), ((long)(await at.AskAsync("SELECT count(*) FROM items"))!, (long)(await at.AskAsync("SELECT count(*) FROM parents"))!));
        Assert.Equal(1, fault.Count);
        Assert.Contains("insert into items values (?) !40001", at.Log.Texts);
    }

    [Fact]
    public async Task A_savepoint_brings_a_transaction_back_that_a_made_up_error_failed()
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        await using var connection = await at.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.RunAsync("INSERT INTO parents VALUES (2)");
        await transaction.SaveAsync("here");
        using var fault = at.Proxy.Fail("23514", "no", IsInsert);
        await Assert.ThrowsAsync<PostgresException>(() => connection.RunAsync("INSERT INTO items VALUES (1)"));
        await transaction.RollbackAsync("here");
        await transaction.CommitAsync();
        Assert.Equal(1L, await at.AskAsync("SELECT count(*) FROM parents"));
    }

    [Fact]
    public async Task A_commit_that_is_made_to_fail_has_rolled_back_and_ended_its_transaction()
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        await using var connection = await at.OpenAsync();
        using var fault = at.Proxy.Fail("40001", "could not serialize access", IsCommit, times: 2);
        foreach (var sql in new[] { "INSERT INTO items VALUES (1)", "BEGIN; INSERT INTO items VALUES (2); COMMIT" })
        {
            if (sql.StartsWith("BEGIN", StringComparison.Ordinal))
            {
                var error = await Assert.ThrowsAsync<PostgresException>(() => connection.RunAsync(sql));
                Assert.Equal("40001", error.SqlState);
                continue;
            }

            await using var transaction = await connection.BeginTransactionAsync();
            await connection.RunAsync(sql);
            Assert.Equal("40001", (await Assert.ThrowsAsync<PostgresException>(() => transaction.CommitAsync())).SqlState);
        }

        Assert.Equal(1, await connection.AskAsync("SELECT 1"));
        Assert.Equal(0L, await at.AskAsync("SELECT count(*) FROM items"));
        Assert.Equal(2, fault.Count);
    }

    [Fact]
    public async Task Without_a_transaction_the_whole_batch_is_undone_and_the_connection_goes_on()
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        await using var connection = await at.OpenAsync();
        using var fault = at.Proxy.Fail("40P01", "deadlock detected", IsInsert);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { new("INSERT INTO parents VALUES (1)"), new("INSERT INTO items VALUES (1)"), new("INSERT INTO parents VALUES (2)") } };
        var error = await Assert.ThrowsAsync<PostgresException>(() => batch.ExecuteNonQueryAsync());
        Assert.Equal("40P01", error.SqlState);
        Assert.Equal(0L, await connection.AskAsync("SELECT count(*) FROM parents"));
        Assert.Equal(3, await batch.ExecuteNonQueryAsync());
    }

    [Fact]
    public async Task A_prepared_statement_fails_by_its_text_and_is_still_prepared()
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        await using var connection = await at.OpenAsync();
        await using var insert = new NpgsqlCommand("INSERT INTO items VALUES ($1)", connection) { Parameters = { new() { Value = 1 } } };
        await insert.PrepareAsync();
        using (at.Proxy.Fail("57014", "canceling statement due to statement timeout", IsInsert))
            Assert.Equal("57014", (await Assert.ThrowsAsync<PostgresException>(() => insert.ExecuteNonQueryAsync())).SqlState);
        Assert.Equal(1, await insert.ExecuteNonQueryAsync());
    }

    [Fact]
    public async Task An_error_that_ends_connections_ends_this_one()
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        await using var connection = await at.OpenAsync();
        using var fault = at.Proxy.Fail("57P01", "terminating connection due to administrator command", IsInsert);
        Assert.Equal("57P01", (await Assert.ThrowsAsync<PostgresException>(() => connection.RunAsync("INSERT INTO items VALUES (1)"))).SqlState);
        await Eventually.TrueAsync(() => at.Proxy.Connections.Count == 0);
        Assert.Equal(System.Data.ConnectionState.Closed, connection.State & System.Data.ConnectionState.Open);
    }

    [Theory]
    [InlineData(KillMoment.BeforeStatement, 0)]
    [InlineData(KillMoment.BeforeAnswer, 1)]
    public async Task A_commit_is_cut_off_before_the_server_gets_it_or_before_the_client_hears_of_it(KillMoment moment, long rows)
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        await using var connection = await at.OpenAsync();
        using var kill = at.Proxy.Kill(moment, IsCommit);
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.RunAsync("INSERT INTO items VALUES (1)");
        var error = await Assert.ThrowsAnyAsync<NpgsqlException>(() => transaction.CommitAsync());
        Assert.IsNotType<PostgresException>(error);
        await kill.FiredAsync(Limit);
        Assert.Equal(rows, await at.AskAsync("SELECT count(*) FROM items"));
    }

    [Fact]
    public async Task A_statement_is_cut_off_while_it_runs_and_the_server_runs_it_to_its_end()
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        await using var connection = await at.OpenAsync();
        using var kill = at.Proxy.Kill(KillMoment.DuringStatement, IsInsert);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => connection.RunAsync("INSERT INTO items SELECT 1 FROM pg_sleep(0.2)"));
        await Eventually.TrueAsync(async () => (long)(await at.AskAsync("SELECT count(*) FROM items"))! == 1);
    }

    [Fact]
    public async Task Idle_connections_are_cut_behind_a_pools_back_and_busy_ones_are_not()
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        await using var busy = await at.OpenAsync();
        await using var transaction = await busy.BeginTransactionAsync();
        await busy.RunAsync("SELECT 1");
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(at.Through) { Pooling = true }.ConnectionString);
        await using (var idle = await source.OpenConnectionAsync()) await idle.AskAsync("SELECT 1");
        await Eventually.TrueAsync(() => at.Proxy.Connections.Count(connection => connection.IsQuiet) == 1);
        Assert.Equal(1, at.Proxy.KillIdle());
        await Eventually.TrueAsync(() => at.Proxy.Connections.Count == 1);
        await Assert.ThrowsAnyAsync<NpgsqlException>(async () =>
        {
            await using var again = await source.OpenConnectionAsync();
            await again.AskAsync("SELECT 1");
        });
        Assert.Equal(1, await busy.AskAsync("SELECT 1"));
    }

    [Fact]
    public async Task A_statement_is_delayed()
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        await using var connection = await at.OpenAsync();
        using var delay = at.Proxy.Delay(TimeSpan.FromMilliseconds(300), IsInsert);
        var since = System.Diagnostics.Stopwatch.GetTimestamp();
        await connection.RunAsync("INSERT INTO items VALUES (1)");
        Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(since) >= TimeSpan.FromMilliseconds(300));
        await delay.FiredAsync(Limit);
    }

    [Fact]
    public async Task Connections_are_refused_until_they_are_not()
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        using (at.Proxy.RefuseConnections())
        {
            var error = await Assert.ThrowsAsync<PostgresException>(() => at.OpenAsync());
            Assert.Equal(("53300", "sorry, too many clients already"), (error.SqlState, error.MessageText));
        }

        await using var connection = await at.OpenAsync();
    }

    [Fact]
    public async Task A_filter_that_throws_is_a_no()
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        await using var connection = await at.OpenAsync();
        using var fault = at.Proxy.Fail("40001", "no", (in PendingStatement _) => throw new InvalidOperationException());
        Assert.Equal(1, await connection.RunAsync("INSERT INTO items VALUES (1)"));
        await Assert.ThrowsAsync<TimeoutException>(() => fault.FiredAsync(TimeSpan.FromMilliseconds(1)));
    }

    [Fact]
    public void What_is_no_SQLSTATE_is_refused()
    {
        Assert.Throws<ArgumentException>(() => SqlState.Parse("nonsense"));
        Assert.Equal("40001", SqlState.Parse("40001").ToString());
    }
}

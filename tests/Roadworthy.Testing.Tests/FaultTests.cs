using Npgsql;

namespace Roadworthy.Testing.Tests;

public sealed class FaultTests(Counters counters)
{
    [Fact]
    public async Task A_lost_answer_is_a_broken_connection_and_a_done_deed()
    {
        await using var proxy = PostgresProxy.Before(counters.ConnectionString);
        var through = proxy.Through(counters.ConnectionString);
        var id = await counters.NewAsync();
        var lost = proxy.LoseAnswerTo(PostgresProxy.Commit);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => Counters.CountUnderLockAsync(through, id));
        await lost.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal(1, await counters.ValueAsync(id));
        Assert.Equal(2, await Counters.CountUnderLockAsync(through, id));
    }

    [Fact]
    public async Task Each_interception_is_for_one_statement_also_where_two_have_the_same_text()
    {
        await using var proxy = PostgresProxy.Before(counters.ConnectionString);
        var through = proxy.Through(counters.ConnectionString);
        var id = await counters.NewAsync();
        using var longer = proxy.HoldNext("UPDATE counters SET value = $2 WHERE id = $1 RETURNING value and what nobody sends");
        using var first = proxy.HoldNext("UPDATE counters");
        using var second = proxy.HoldNext("UPDATE counters");
        var one = Counters.CountBadlyAsync(through, id);
        await first.ReachedAsync(TestContext.Current.CancellationToken);
        Assert.False(second.IsReached);
        first.Release();
        await one;
        Assert.False(second.IsReached);
        var two = Counters.CountBadlyAsync(through, id);
        await second.ReachedAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, await counters.ValueAsync(id));
        second.Release();
        Assert.Equal(2, await two);
        Assert.False(longer.IsReached);
    }

    [Fact]
    public async Task A_statement_longer_than_a_buffer_is_found_by_its_end()
    {
        await using var proxy = PostgresProxy.Before(counters.ConnectionString);
        var through = proxy.Through(counters.ConnectionString);
        foreach (var length in (int[])[10_000, 32_700, 32_740, 32_750, 32_760, 65_500, 200_000])
        {
            using var hold = proxy.HoldNext("AS the_very_end");
            var asked = Counters.ScalarAsync(through, $"SELECT length('{new string('x', length)}') AS the_very_end");
            await hold.ReachedAsync(TestContext.Current.CancellationToken);
            hold.Release();
            Assert.Equal(length, await asked);
        }
    }

    [Fact]
    public async Task A_proxy_that_is_disposed_ends_its_connections_and_lets_go_of_what_it_held()
    {
        var proxy = PostgresProxy.Before(counters.ConnectionString);
        using var hold = proxy.HoldNext("SELECT");
        var asked = Counters.ScalarAsync(proxy.Through(counters.ConnectionString) + ";Pooling=false", "SELECT 1");
        await hold.ReachedAsync(TestContext.Current.CancellationToken);
        await proxy.DisposeAsync();
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => asked);
    }

    [Fact]
    public async Task A_statement_is_lost_only_when_it_is_done_however_many_came_before_it_on_its_connection()
    {
        await using var proxy = PostgresProxy.Before(counters.ConnectionString);
        var through = proxy.Through(counters.ConnectionString);
        // The pooled connection is used again: a reset goes before the next statement, and is answered before it.
        await Counters.ScalarAsync(through, "SELECT 1");
        var id = await counters.NewAsync();
        await using var holder = new NpgsqlConnection(counters.ConnectionString);
        await using var holding = await LockAsync(holder, id);

        var lost = proxy.LoseAnswerTo("UPDATE counters");
        var counting = Counters.ScalarAsync(through, "UPDATE counters SET value = 7 WHERE id = $1", id);
        await counters.WaitingAsync("UPDATE counters SET value = 7%");
        Assert.False(lost.IsCompleted);
        Assert.False(counting.IsCompleted);
        await holding.CommitAsync(TestContext.Current.CancellationToken);
        await lost;
        Assert.Equal(7, await counters.ValueAsync(id));
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => counting);
    }

    [Fact]
    public async Task A_connection_that_is_cut_after_a_statement_does_not_wait_for_its_end()
    {
        await using var proxy = PostgresProxy.Before(counters.ConnectionString);
        var id = await counters.NewAsync();
        await using var holder = new NpgsqlConnection(counters.ConnectionString);
        await using var holding = await LockAsync(holder, id);

        var cut = proxy.CutAfter("SET value = 8");
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => Counters.ScalarAsync(proxy.Through(counters.ConnectionString), "UPDATE counters SET value = 8 WHERE id = $1", id));
        await cut;
        await counters.WaitingAsync("UPDATE counters SET value = 8%");
        Assert.Equal(0, await counters.ValueAsync(id));
        // It has to wait already when the row is let go of: whoever comes later may overtake the one before it.
        var next = Counters.ScalarAsync(counters.ConnectionString, "SELECT value AS seen FROM counters WHERE id = $1 FOR UPDATE", id);
        await counters.WaitingAsync("SELECT value AS seen%");
        await holding.CommitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(8, await next);
    }

    [Fact]
    public async Task What_is_held_is_never_done_where_its_sender_leaves()
    {
        await using var proxy = PostgresProxy.Before(counters.ConnectionString);
        var through = proxy.Through(counters.ConnectionString);
        var id = await counters.NewAsync();
        using var hold = proxy.HoldNext(PostgresProxy.Commit);
        await using var own = new NpgsqlConnection(through + ";Pooling=false;Cancellation Timeout=-1");
        await own.OpenAsync(TestContext.Current.CancellationToken);
        await using var transaction = await own.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var command = new NpgsqlCommand("UPDATE counters SET value = 1 WHERE id = $1", own, transaction) { Parameters = { new() { Value = id } } })
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        using var leaving = new CancellationTokenSource();
        var committing = transaction.CommitAsync(leaving.Token);
        await hold.ReachedAsync(TestContext.Current.CancellationToken);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => committing);

        // Rolled back, and its row let go of, while it is held still.
        Assert.Equal(2, await Counters.ScalarAsync(counters.ConnectionString, "UPDATE counters SET value = value + 2 WHERE id = $1 RETURNING value", id));
        hold.Release();
        Assert.Equal(2, await counters.ValueAsync(id));
    }

    [Fact]
    public async Task A_hold_that_is_disposed_before_anybody_came_holds_nobody()
    {
        await using var proxy = PostgresProxy.Before(counters.ConnectionString);
        proxy.HoldNext("UPDATE counters").Dispose();
        using var second = proxy.HoldNext("UPDATE counters");
        var id = await counters.NewAsync();
        var counting = Counters.CountBadlyAsync(proxy.Through(counters.ConnectionString), id);
        await second.ReachedAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, await counters.ValueAsync(id));
        second.Release();
        await counting;
    }

    [Fact]
    public async Task What_was_sent_before_the_arming_is_not_taken_for_the_next()
    {
        await using var proxy = PostgresProxy.Before(counters.ConnectionString);
        var through = proxy.Through(counters.ConnectionString);
        using var longer = proxy.HoldNext("a text that nobody sends, and that is longer than a commit");
        await Counters.CountUnderLockAsync(through, await counters.NewAsync());
        using var commit = proxy.HoldNext(PostgresProxy.Commit);
        Assert.Equal(2, await Counters.ScalarAsync(through, "SELECT 2"));
        Assert.False(commit.IsReached);
    }

    [Fact]
    public async Task A_silent_network_closes_nothing_and_loses_nothing()
    {
        await using var proxy = PostgresProxy.Before(counters.ConnectionString);
        var through = proxy.Through(counters.ConnectionString);
        await Counters.ScalarAsync(through, "SELECT 1");
        var id = await counters.NewAsync();
        Task<object?> counting, connecting;
        using (proxy.Silence())
        {
            Assert.Throws<InvalidOperationException>(proxy.Silence);
            counting = Counters.ScalarAsync(through, "UPDATE counters SET value = 1 WHERE id = $1 RETURNING value", id);
            connecting = Counters.ScalarAsync(through + ";Pooling=false", "SELECT 3");
            var timedOut = await Assert.ThrowsAnyAsync<NpgsqlException>(() => Counters.ScalarAsync(through + ";Pooling=false;Timeout=1", "SELECT 4"));
            Assert.IsType<TimeoutException>(timedOut.InnerException);
            Assert.Equal(0, await counters.ValueAsync(id));
            Assert.False(counting.IsCompleted || connecting.IsCompleted);
        }

        Assert.Equal(1, await counting);
        Assert.Equal(3, await connecting);
    }

    [Fact]
    public async Task An_answer_that_nobody_lost_is_told_when_the_proxy_ends_which_may_be_twice()
    {
        var proxy = PostgresProxy.Before(counters.ConnectionString);
        var lost = proxy.LoseAnswerTo("nobody sends this");
        await proxy.DisposeAsync();
        await proxy.DisposeAsync();
        Assert.Contains("nobody sends this", (await Assert.ThrowsAsync<TimeoutException>(() => lost)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=one,two")]
    [InlineData("Host=/var/run/postgresql")]
    [InlineData("Host=@abstract")]
    public void What_it_can_not_stand_before_is_refused(string connection) => Assert.Throws<ArgumentException>(() => PostgresProxy.Before(connection));

    [Fact]
    public async Task Collisions_are_provoked_for_a_role_that_may_only_write_and_with_another_search_path()
    {
        await Counters.ScalarAsync(counters.ConnectionString, "CREATE TABLE written (n int); CREATE SCHEMA elsewhere; CREATE ROLE writer LOGIN PASSWORD 'writer'; GRANT INSERT ON written TO writer");
        var writer = new NpgsqlConnectionStringBuilder(counters.ConnectionString) { Username = "writer", Password = "writer", SearchPath = "elsewhere" }.ConnectionString;
        await using var collisions = await Collisions.ProvokeAsync(counters.ConnectionString, "written", times: 1, cancellationToken: TestContext.Current.CancellationToken);
        var error = await Assert.ThrowsAsync<PostgresException>(() => Counters.ScalarAsync(writer, "INSERT INTO public.written VALUES (1)"));
        Assert.Equal(PostgresErrorCodes.SerializationFailure, error.SqlState);
        await Counters.ScalarAsync(writer, "INSERT INTO public.written VALUES (1)");
        Assert.Equal(2, await collisions.AttemptsAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Collisions_are_as_many_as_were_asked_for_and_then_none_and_nothing_is_left_of_them()
    {
        // A table of its own: other tests count at the same time.
        const string Insert = "INSERT INTO collided VALUES (1)";
        await Counters.ScalarAsync(counters.ConnectionString, "CREATE TABLE collided (n int)");
        await using (var collisions = await Collisions.ProvokeAsync(counters.ConnectionString, "collided", times: 2, cancellationToken: TestContext.Current.CancellationToken))
        {
            for (var n = 0; n < 2; n++)
            {
                var error = await Assert.ThrowsAsync<PostgresException>(() => Counters.ScalarAsync(counters.ConnectionString, Insert));
                Assert.Equal(PostgresErrorCodes.SerializationFailure, error.SqlState);
            }

            await Counters.ScalarAsync(counters.ConnectionString, Insert);
            Assert.Equal(3, await collisions.AttemptsAsync(TestContext.Current.CancellationToken));
        }

        Assert.Equal(0L, await Counters.ScalarAsync(counters.ConnectionString, "SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'collisions%'"));
        Assert.Equal(0L, await Counters.ScalarAsync(counters.ConnectionString, "SELECT count(*) FROM pg_class WHERE relname LIKE 'collisions%'"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("40'01")]
    [InlineData("400011")]
    public async Task What_is_no_SQLSTATE_is_refused(string state) =>
        await Assert.ThrowsAsync<ArgumentException>(() => Collisions.ProvokeAsync(counters.ConnectionString, "counters", 1, state, TestContext.Current.CancellationToken));

    /// <summary>Has a counter's row until the transaction ends.</summary>
    private static async Task<NpgsqlTransaction> LockAsync(NpgsqlConnection holder, Guid id)
    {
        await holder.OpenAsync(TestContext.Current.CancellationToken);
        var holding = await holder.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var row = new NpgsqlCommand("SELECT value FROM counters WHERE id = $1 FOR UPDATE", holder) { Parameters = { new() { Value = id } } };
        await row.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return holding;
    }
}

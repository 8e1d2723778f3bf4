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
}

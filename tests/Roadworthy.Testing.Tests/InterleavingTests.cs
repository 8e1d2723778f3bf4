namespace Roadworthy.Testing.Tests;

public sealed class InterleavingTests(Counters counters)
{
    [Fact]
    public async Task A_lost_update_is_found_every_time()
    {
        await using var proxy = PostgresProxy.Before(counters.ConnectionString);
        var through = proxy.Through(counters.ConnectionString);
        for (var round = 0; round < 20; round++)
        {
            var id = await counters.NewAsync();
            var both = await Interleaving.RunAsync(
                proxy, "UPDATE counters", () => Counters.CountBadlyAsync(through, id), () => Counters.CountBadlyAsync(through, id),
                cancellationToken: TestContext.Current.CancellationToken);
            Assert.Equal(new Interleaved<int, int>(1, 1, SecondRanThrough: true), both);
            Assert.Equal(1, await counters.ValueAsync(id));
        }
    }

    [Theory]
    [InlineData("UPDATE counters")]
    [InlineData(PostgresProxy.Commit)]
    public async Task Who_takes_a_lock_makes_the_other_wait_and_nothing_is_lost(string statement)
    {
        await using var proxy = PostgresProxy.Before(counters.ConnectionString);
        var through = proxy.Through(counters.ConnectionString);
        var id = await counters.NewAsync();
        var both = await Interleaving.RunAsync(
            proxy, statement, () => Counters.CountUnderLockAsync(through, id), () => Counters.CountUnderLockAsync(through, id),
            patience: TimeSpan.FromMilliseconds(300), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(new Interleaved<int, int>(1, 2, SecondRanThrough: false), both);
        Assert.Equal(2, await counters.ValueAsync(id));
    }

    [Fact]
    public async Task A_first_caller_that_sends_nothing_of_the_kind_is_told_so_and_the_second_does_not_run()
    {
        await using var proxy = PostgresProxy.Before(counters.ConnectionString);
        var error = await Assert.ThrowsAsync<TimeoutException>(() => Interleaving.RunAsync(
            proxy, PostgresProxy.Commit, () => Task.FromResult(1), Task<int> () => throw new InvalidDataException("ran"), cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains("did not send 'COMMIT'", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidDataException>(() => Interleaving.RunAsync(
            proxy, "UPDATE", Task<int> () => throw new InvalidDataException("its own failure"), () => Task.FromResult(1), cancellationToken: TestContext.Current.CancellationToken));
    }
}

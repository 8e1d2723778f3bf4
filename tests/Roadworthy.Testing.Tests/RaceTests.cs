namespace Roadworthy.Testing.Tests;

public sealed class RaceTests
{
    [Fact]
    public async Task Nobody_begins_before_all_are_there()
    {
        var (running, most) = (0, 0);
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var results = await Race.RunAsync(100, async number =>
        {
            // Ends only once all hundred run at once.
            if (Interlocked.Increment(ref running) == 100) all.SetResult();
            most = Math.Max(most, running);
            await all.Task.WaitAsync(TimeSpan.FromSeconds(20));
            return number;
        }, TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(0, 100), results);
        Assert.Equal(100, most);
    }

    [Fact]
    public async Task Every_failure_is_told_and_no_caller_is_left_running()
    {
        var ended = 0;
        var error = await Assert.ThrowsAsync<AggregateException>(() => Race.RunAsync(10, async number =>
        {
            await Task.Yield();
            Interlocked.Increment(ref ended);
            if (number % 2 == 0) throw new InvalidDataException($"{number}");
        }, TestContext.Current.CancellationToken));
        Assert.Equal(10, ended);
        Assert.Equal(5, error.InnerExceptions.Count);
        Assert.StartsWith("5 of 10 callers failed.", error.Message, StringComparison.Ordinal);
        Assert.IsType<AggregateException>(await Record.ExceptionAsync(() => Race.RunAsync(2, Task (int _) => throw new InvalidDataException("at once"), TestContext.Current.CancellationToken)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1_001)]
    public async Task Too_few_and_too_many_are_refused(int callers) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Race.RunAsync(callers, _ => Task.CompletedTask, TestContext.Current.CancellationToken));
}

using Microsoft.Extensions.Time.Testing;
using Roadworthy.Queries.Telling;

namespace Roadworthy.Queries.Tests.Telling;

public sealed class LogThrottleTests
{
    [Fact]
    public void The_first_is_told_and_then_one_a_minute_which_counts_the_others()
    {
        var time = new FakeTimeProvider();
        var throttle = new LogThrottle(time);
        Assert.Equal(0, Take("a"));
        Assert.Equal(0, Take("b"));
        for (var n = 0; n < 7; n++) Assert.Null(Take("a"));
        time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(7, Take("a"));
        Assert.Null(Take("a"));
        time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(1, Take("a"));

        long? Take(string key) => throttle.Take(QueryFindingKind.NPlusOne, "GET", "/", key);
    }

    [Fact]
    public void However_many_there_are_memory_is_bounded()
    {
        var throttle = new LogThrottle(new FakeTimeProvider());
        for (var n = 0; n < 100_000; n++) Assert.Equal(0, throttle.Take(QueryFindingKind.NPlusOne, "GET", "/", $"{n}"));
    }
}

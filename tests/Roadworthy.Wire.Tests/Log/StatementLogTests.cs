namespace Roadworthy.Wire.Tests.Log;

public sealed class StatementLogTests
{
    [Fact]
    public void A_reader_that_keeps_up_misses_nothing_and_one_that_does_not_is_told_what_it_missed()
    {
        var log = new StatementLog(4);
        var (position, into) = (0L, new StatementRecord[3]);
        for (var n = 0; n < 3; n++) log.Completed(new() { Rows = n });
        Assert.Equal(3, log.Read(ref position, into, out var lost));
        Assert.Equal([0L, 1L, 2L], into.Select(record => record.Rows));
        Assert.Equal(0, lost);
        for (var n = 3; n < 10; n++) log.Completed(new() { Rows = n });
        Assert.Equal(3, log.Read(ref position, into, out lost));
        Assert.Equal([6L, 7L, 8L], into.Select(record => record.Rows));
        Assert.Equal(3, lost);
        Assert.Equal([9L], log.Since(position).Select(record => record.Rows));
        Assert.Equal(10, log.Position);
    }

    [Fact]
    public void A_position_before_the_beginning_or_behind_the_end_is_no_fault()
    {
        var log = new StatementLog(2);
        var position = 100L;
        Assert.Equal(0, log.Read(ref position, new StatementRecord[1], out _));
        Assert.Empty(log.Since(-5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StatementLog(0));
    }

    [Fact]
    public void Writers_at_once_lose_nothing()
    {
        var log = new StatementLog(100_000);
        Parallel.For(0, 8, _ =>
        {
            for (var n = 0; n < 5_000; n++) log.Completed(new() { Rows = n });
        });
        Assert.Equal(40_000, log.Since(0).Count);
        Assert.Equal(8L * 5_000 * 4_999 / 2, log.Since(0).Sum(record => record.Rows));
    }
}

using System.Diagnostics;

namespace Roadworthy.Sessions.Time;

/// <summary>
/// The database's clock, as far as it was learnt: the process's own and the offset between them. So an instance whose clock is wrong
/// refuses nobody, and mints tokens that the others take.
/// </summary>
internal sealed class DatabaseClock(TimeProvider own) : TimeProvider
{
    // A short round trip tells the offset better than a long one; but clocks drift, and are set.
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private long _offset;
    private TimeSpan _roundTrip = TimeSpan.MaxValue;
    private long _learntAt;

    /// <summary>What the database's clock is ahead of the process's own.</summary>
    public TimeSpan Offset => new(Volatile.Read(ref _offset));

    public override TimeZoneInfo LocalTimeZone => own.LocalTimeZone;

    public override long TimestampFrequency => own.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => own.GetUtcNow() + Offset;

    public override long GetTimestamp() => own.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => own.CreateTimer(callback, state, dueTime, period);

    /// <summary>The database said what time it is.</summary>
    /// <param name="database">What it said.</param>
    /// <param name="sent">When it was asked, by the process's own clock.</param>
    /// <param name="received">When the answer was here.</param>
    public void Learn(DateTimeOffset database, DateTimeOffset sent, DateTimeOffset received)
    {
        var roundTrip = received - sent;
        if (roundTrip < TimeSpan.Zero) return;
        lock (_lock)
        {
            if (roundTrip > _roundTrip && Stopwatch.GetElapsedTime(_learntAt) < Freshness) return;
            (_roundTrip, _learntAt) = (roundTrip, Stopwatch.GetTimestamp());
            Volatile.Write(ref _offset, (database - (sent + (roundTrip / 2))).Ticks);
        }
    }

    /// <summary>The process's own time, for <see cref="Learn"/>.</summary>
    public DateTimeOffset Own() => own.GetUtcNow();
}

namespace Roadworthy.Sessions;

/// <summary>
/// The latest events of this instance's sessions, for whoever looks: 500 at most, in memory. What other instances did is in their histories, and in
/// the logs of all.
/// </summary>
public sealed class SessionHistory
{
    /// <summary>How many are kept.</summary>
    public const int Capacity = 500;

    private readonly Queue<PastSessionEvent> _events = new();
    private readonly Lock _lock = new();

    internal SessionHistory()
    {
    }

    /// <summary>The latest events, the newest first.</summary>
    /// <param name="limit">How many at most: 1 to 500.</param>
    /// <param name="session">Of this session only; null, the default, for all.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is out of range.</exception>
    public IReadOnlyList<PastSessionEvent> Latest(int limit = Capacity, Guid? session = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, Capacity);
        PastSessionEvent[] all;
        lock (_lock) all = [.. _events];
        return [.. all.Reverse().Where(past => session is null || past.Event.SessionId == session).Take(limit)];
    }

    internal void Add(DateTimeOffset at, SessionEvent happened)
    {
        lock (_lock)
        {
            if (_events.Count == Capacity) _events.Dequeue();
            _events.Enqueue(new(at, happened));
        }
    }
}

/// <summary>An event, and when it happened.</summary>
/// <param name="At">By the database's clock, as far as it is known.</param>
/// <param name="Event">What.</param>
public sealed record PastSessionEvent(DateTimeOffset At, SessionEvent Event);

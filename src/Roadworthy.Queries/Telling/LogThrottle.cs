using System.Collections.Concurrent;

namespace Roadworthy.Queries.Telling;

/// <summary>Lets the first record of a kind through, and then one a minute, which says how many it stands for.</summary>
internal sealed class LogThrottle(TimeProvider time)
{
    private const int MaxKnown = 1_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(QueryFindingKind Kind, string Method, string Route, string Key), Told> _told = new();

    /// <returns>How many were held back since the last one; null where this one is held back too.</returns>
    public long? Take(QueryFindingKind kind, string method, string route, string key)
    {
        // More places than that are no place anymore: they begin anew, and each is told once more.
        if (_told.Count >= MaxKnown) _told.Clear();
        var told = _told.GetOrAdd((kind, method, route, key), static _ => new());
        lock (told)
        {
            var now = time.GetTimestamp();
            if (told.At is { } at && time.GetElapsedTime(at, now) < Pause)
            {
                told.HeldBack++;
                return null;
            }

            var held = told.HeldBack;
            (told.At, told.HeldBack) = (now, 0);
            return held;
        }
    }

    private sealed class Told
    {
        public long? At { get; set; }

        public long HeldBack { get; set; }
    }
}

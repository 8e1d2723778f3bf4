namespace Roadworthy.Queries;

/// <summary>
/// The requests that this instance has answered: the latest 200, and the 50 slowest of the last hour. Empty unless <see cref="QueriesOptions.KeepHistory"/>.
/// Bounded: 500 spans and 32,000 characters of SQL a request, so that 40 MB are its most, whatever is asked. Safe to use from any number of threads.
/// </summary>
public sealed class RequestHistory
{
    /// <summary>How many of the latest requests are kept.</summary>
    public const int MaxLatest = 200;

    /// <summary>How many of the slowest requests are kept.</summary>
    public const int MaxSlowest = 50;

    private static readonly TimeSpan KeepSlowest = TimeSpan.FromHours(1);

    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly RequestTrace?[] _latest = new RequestTrace?[MaxLatest];
    private readonly List<RequestTrace> _slowest = new(MaxSlowest + 1);
    private long _count;

    /// <summary>Makes an empty one.</summary>
    /// <param name="time">Tells how old a request is.</param>
    public RequestHistory(TimeProvider time) => _time = time;

    /// <summary>The latest first.</summary>
    /// <param name="count">How many at most.</param>
    public IReadOnlyList<RequestTrace> Latest(int count)
    {
        lock (_lock)
        {
            var kept = (int)Math.Min(Math.Min(_count, MaxLatest), Math.Max(0, count));
            return [.. Enumerable.Range(1, kept).Select(back => _latest[(_count - back) % MaxLatest]!)];
        }
    }

    /// <summary>The slowest of the last hour first.</summary>
    /// <param name="count">How many at most.</param>
    public IReadOnlyList<RequestTrace> Slowest(int count)
    {
        lock (_lock)
        {
            Forget();
            return [.. _slowest.Take(count)];
        }
    }

    /// <summary>The request of an id; null where it is none, or no longer kept.</summary>
    /// <param name="id">As <see cref="RequestTrace.Id"/> has it.</param>
    public RequestTrace? Find(string id)
    {
        lock (_lock) return Array.Find(_latest, trace => trace?.Id == id) ?? _slowest.Find(trace => trace.Id == id);
    }

    internal void Add(RequestTrace trace)
    {
        lock (_lock)
        {
            _latest[_count++ % MaxLatest] = trace;
            Forget();
            var at = _slowest.FindIndex(slower => slower.Duration < trace.Duration);
            if (at < 0) at = _slowest.Count;
            if (at >= MaxSlowest) return;
            _slowest.Insert(at, trace);
            if (_slowest.Count > MaxSlowest) _slowest.RemoveAt(MaxSlowest);
        }
    }

    /// <summary>Adds a finding that came to light when the request had ended.</summary>
    internal void Amend(string id, QueryFinding finding)
    {
        lock (_lock)
        {
            var latest = Array.FindIndex(_latest, trace => trace?.Id == id);
            if (latest >= 0) _latest[latest] = With(_latest[latest]!, finding);
            var slowest = _slowest.FindIndex(trace => trace.Id == id);
            if (slowest >= 0) _slowest[slowest] = With(_slowest[slowest], finding);
        }
    }

    private static RequestTrace With(RequestTrace trace, QueryFinding finding) => trace with { Findings = [.. trace.Findings, finding] };

    private void Forget()
    {
        var oldest = _time.GetUtcNow() - KeepSlowest;
        _slowest.RemoveAll(trace => trace.StartedAt + trace.Duration < oldest);
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Roadworthy.Queries.Recording;

/// <summary>Requests that belong to a scope: those of its trace, by their <c>traceparent</c>, wherever in the process they are answered.</summary>
internal sealed class Claims
{
    private static readonly ConcurrentDictionary<ActivityTraceId, Claims> Open = new();

    private readonly Lock _lock = new();
    private readonly List<Recorder> _ended = [];
    private int _running;

    public static Claims Begin(ActivityTraceId trace) => Open[trace] = new();

    public static void End(ActivityTraceId trace) => Open.TryRemove(trace, out _);

    /// <returns>Whose request it is; null for nobody's.</returns>
    public static Claims? Begin(HttpRequest request)
    {
        if (Open.IsEmpty || request.Headers.TraceParent is not [{ } parent] || !ActivityContext.TryParse(parent, null, out var context)) return null;
        if (!Open.TryGetValue(context.TraceId, out var claims)) return null;
        Interlocked.Increment(ref claims._running);
        return claims;
    }

    public void End(Recorder recorder)
    {
        lock (_lock) _ended.Add(recorder);
        Interlocked.Decrement(ref _running);
    }

    /// <summary>The requests that have ended. Waits a while for those under way: a client has its answer before its request has ended.</summary>
    public List<Recorder> Ended(TimeSpan patience)
    {
        SpinWait.SpinUntil(() => Volatile.Read(ref _running) == 0, patience);
        lock (_lock) return [.. _ended];
    }
}

using System.Diagnostics;
using Roadworthy.Queries.History;
using Roadworthy.Queries.Places;
using Roadworthy.Queries.Recording;

namespace Roadworthy.Queries;

/// <summary>
/// Records the statements of a piece of code that is no request: a job, a test. Everything that it awaits or starts is part of it, until it is disposed of,
/// which has to happen in the method that began it.
/// </summary>
public sealed class QueryRecorder : IDisposable
{
    private readonly Recorder _recorder = new(keepsSpans: false, TimeSpan.Zero, static _ => CallSite.Find());
    private readonly Recorder? _outer = Recorder.Current;
    private readonly int _threshold;
    private readonly Activity? _trace;
    private readonly Claims? _claims;
    private int _isDisposed;

    private QueryRecorder(int threshold, bool withRequests)
    {
        _threshold = threshold;
        NpgsqlSource.Listen();
        if (withRequests)
        {
            // A trace of its own: whoever was tracing before may have sent other requests.
            Activity.Current = null;
            _trace = new Activity("Roadworthy.Queries").SetIdFormat(ActivityIdFormat.W3C).Start();
            _claims = Claims.Begin(_trace.TraceId);
        }

        Recorder.Enter(_recorder);
    }

    /// <summary>What was sent so far.</summary>
    public QuerySummary Summary => TraceBuilder.Summarize(_recorder, _threshold);

    /// <summary>The <c>traceparent</c> header that makes a request part of it, where it was begun with requests; HttpClient sends it by itself. Else null.</summary>
    public string? TraceParent => _trace?.Id;

    /// <summary>Begins to record.</summary>
    /// <param name="repeatThreshold">From how many round trips on a statement with different values is an N+1: 2 to 1,000, 5 by default.</param>
    /// <param name="withRequests">
    /// Whether requests to servers in this process are part of it, which carry its trace: for tests. Never where strangers' requests come in, who could
    /// carry it as well.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 2, or more than 1,000.</exception>
    public static QueryRecorder Begin(int repeatThreshold = 5, bool withRequests = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(repeatThreshold, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(repeatThreshold, 1_000);
        return new(repeatThreshold, withRequests);
    }

    /// <summary>What each request sent that was part of it and has ended. Waits for those under way, because a client has its answer a moment earlier.</summary>
    /// <param name="patience">How long to wait; 10 seconds by default.</param>
    public IReadOnlyList<QuerySummary> Requests(TimeSpan? patience = null) =>
        _claims is null ? [] : [.. _claims.Ended(patience ?? TimeSpan.FromSeconds(10)).Select(recorder => TraceBuilder.Summarize(recorder, _threshold))];

    /// <summary>Ends it. What was recorded can still be read.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0) return;
        _recorder.Close();
        Recorder.Enter(_outer);
        if (_trace is not null)
        {
            Claims.End(_trace.TraceId);
            _trace.Stop();
        }

        NpgsqlSource.StopListening();
    }
}

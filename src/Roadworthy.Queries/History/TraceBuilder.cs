using System.Diagnostics;
using Roadworthy.Queries.Recording;

namespace Roadworthy.Queries.History;

/// <summary>Makes of a closed recorder what can be read.</summary>
internal static class TraceBuilder
{
    /// <summary>Repeated statements that are listed of one request.</summary>
    public const int MaxRepeats = 50;

    // A request that sends nothing but different statements, each of them long, must not fill the memory of all others.
    private const int MaxSql = 32_000;

    public static TimeSpan Time(long ticks) => Stopwatch.GetElapsedTime(0, ticks);

    public static QuerySummary Summarize(Recorder recorder, int threshold) => new()
    {
        Statements = recorder.Statements,
        RoundTrips = recorder.RoundTrips,
        DatabaseTime = Time(recorder.Ticks),
        RowsRead = recorder.RowsRead,
        Sent = Requests.Statements.Of(recorder),
        Repeats = Repeats(recorder, threshold),
    };

    public static IReadOnlyList<RepeatedStatement> Repeats(Recorder recorder, int threshold) =>
        recorder.HasRepeats ? [.. recorder.Repeated().Take(MaxRepeats).Select(tally => Repeat(tally, threshold))] : [];

    public static IReadOnlyList<RequestSpan> Spans(Recorder recorder)
    {
        if (recorder.Spans.Count == 0) return [];
        var places = new Dictionary<Activity, int>(recorder.Spans.Count);
        var (spans, sql) = (new List<RequestSpan>(recorder.Spans.Count), new SqlOfTrace(MaxSql));
        foreach (var execution in recorder.Spans)
        {
            var parent = execution.Activity.Parent is { } above && places.TryGetValue(above, out var place) ? place : -1;
            places[execution.Activity] = spans.Count;
            spans.Add(Span(recorder, execution, parent, parent < 0 ? 0 : spans[parent].Depth + 1, sql));
        }

        return spans;
    }

    private static RequestSpan Span(Recorder recorder, Execution execution, int parent, int depth, SqlOfTrace sql) => new()
    {
        Name = execution.Activity.DisplayName,
        Source = execution.Activity.Source.Name,
        Offset = Time(execution.StartedAt - recorder.StartedAt),
        Duration = Time(execution.Ticks),
        ParentIndex = parent,
        Depth = depth,
        Statements = execution.Tallies.Length,
        Sql = sql.Of(execution.Tallies),
        Fingerprint = execution.Tallies.Length == 0 ? null : execution.Tallies[0].Fingerprint.Id,
        Rows = execution.Rows,
        Failed = execution.HasFailed,
        SqlState = execution.SqlState,
    };

    private static RepeatedStatement Repeat(Tally tally, int threshold) => new()
    {
        Sql = tally.Fingerprint.Text,
        Fingerprint = tally.Fingerprint.Id,
        Count = tally.Count,
        DifferentValues = tally.DifferentValues,
        IsNPlusOne = tally.IsNPlusOne(threshold),
        SourceLine = tally.Place?.Line,
        Method = tally.Place?.Method,
        TotalTime = Time(tally.Ticks),
    };
}

using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http;
using Roadworthy.Queries.Recording;

namespace Roadworthy.Queries.Telling;

/// <summary>The meter <c>Roadworthy.Queries</c>: statements and their time by route, and a counter for each kind of finding.</summary>
internal sealed class QueriesMetrics : IDisposable
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECT"];

    private readonly Meter _meter;
    private readonly Histogram<int> _statements;
    private readonly Histogram<double> _duration;
    private readonly Counter<long>[] _findings;

    public QueriesMetrics(IMeterFactory meters)
    {
        _meter = meters.Create("Roadworthy.Queries");
        _statements = _meter.CreateHistogram(
            "roadworthy.queries.statements", "{statement}", "Statements of a request.", advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [0, 1, 2, 3, 5, 10, 20, 50, 100, 500, 1000] });
        _duration = _meter.CreateHistogram(
            "roadworthy.queries.duration", "s", "Time of a request's statements, from sending to the last row.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] });
        _findings =
        [
            .. Enum.GetValues<QueryFindingKind>().Select(kind => _meter.CreateCounter<long>($"roadworthy.queries.{Name(kind)}", "{finding}", $"Findings of requests: {Name(kind)}.")),
        ];
        _meter.CreateObservableCounter("roadworthy.queries.failures", static () => NpgsqlSource.Failures, "{span}", "Spans that could not be recorded.");
    }

    public void Add(Recorder recorder, string method, string route)
    {
        if (!_statements.Enabled && !_duration.Enabled) return;
        var tags = Tags(method, route);
        _statements.Record(recorder.Statements, tags);
        if (recorder.RoundTrips > 0) _duration.Record((double)recorder.Ticks / Stopwatch.Frequency, tags);
    }

    public void Add(QueryFindingKind kind, string method, string route) => _findings[(int)kind].Add(1, Tags(method, route));

    public static string Name(QueryFindingKind kind) => kind switch
    {
        QueryFindingKind.NPlusOne => "n_plus_one",
        QueryFindingKind.RepeatedStatement => "repeated_statements",
        QueryFindingKind.BudgetExceeded => "budget_exceeded",
        QueryFindingKind.WriteInGet => "writes_in_get",
        QueryFindingKind.SlowStatement => "slow_statements",
        QueryFindingKind.RowsOverread => "rows_overread",
        QueryFindingKind.LeftOpen => "left_open",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such finding."),
    };

    public void Dispose() => _meter.Dispose();

    // Whatever a client sends as its method is no series of its own.
    private static TagList Tags(string method, string route) =>
        new() { { "http.request.method", Array.Find(Methods, known => HttpMethods.Equals(known, method)) ?? "_OTHER" }, { "http.route", route } };
}

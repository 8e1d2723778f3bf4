using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Roadworthy.Queries.History;
using Roadworthy.Queries.Recording;
using Roadworthy.Queries.Telling;

namespace Roadworthy.Queries.Requests;

/// <summary>What is done when a request has ended: findings are told, and the request is kept.</summary>
internal sealed class RequestEnd(QueriesOptions options, RequestModes modes, QueriesMetrics metrics, Teller teller, RequestHistory history, TimeProvider time, ILogger<RequestEnd> log)
{
    private const int ClientClosedRequest = 499;

    private readonly string _process = Guid.NewGuid().ToString("N")[..8];
    private long _requests;

    /// <returns>What to throw; null where the budget was kept, or is not to be enforced.</returns>
    public QueryBudgetExceededException? Answered(HttpContext http, Recorder recorder, ScopeEnd scope)
    {
        var found = End(http, recorder, scope, out var trace);
        var excess = modes.Throws ? found.Find(one => one.Kind == QueryFindingKind.BudgetExceeded) : null;
        // What fails now is answered by whoever stands before this.
        if (trace is not null) Keep(http, trace, isAnswered: excess is null);
        return excess is null ? null : new($"{http.Request.Method} {RouteOf(http)}", (int)excess.Other!.Value, recorder.Statements, Statements.List(Statements.Of(recorder)));
    }

    public void Failed(HttpContext http, Recorder recorder, ScopeEnd scope)
    {
        End(http, recorder, scope, out var trace);
        if (trace is not null) Keep(http, trace, isAnswered: false);
    }

    public void BreakOff(HttpContext http, QueryBudgetExceededException excess)
    {
        log.BrokenOff(excess, http.Request.Method, RouteOf(http));
        http.Abort();
    }

    private List<Found> End(HttpContext http, Recorder recorder, ScopeEnd scope, out RequestTrace? trace)
    {
        var duration = Stopwatch.GetElapsedTime(recorder.StartedAt);
        var open = recorder.StillOpen();
        recorder.Close();
        var (method, route, endpoint) = (http.Request.Method, RouteOf(http), http.GetEndpoint());
        metrics.Add(recorder, method, route);
        var found = Judge.Find(recorder, endpoint, method, options);
        if (open?.OpenTransactions() is { } transactions and > 0)
            found.Add(new(QueryFindingKind.LeftOpen, $"{transactions} transactions were neither committed nor rolled back when the request ended") { Amount = transactions });
        trace = options.KeepHistory && endpoint?.Metadata.GetMetadata<NoHistoryMetadata>() is null ? Trace(recorder, method, route, endpoint, duration, found) : null;
        if (found.Count > 0) Tell(http, recorder, found, route);
        if (open is not null) Watch(scope, open, method, route, trace?.Id);
        return found;
    }

    private void Tell(HttpContext http, Recorder recorder, List<Found> found, string route)
    {
        var span = http.Features.Get<IHttpActivityFeature>()?.Activity;
        Func<string>? list = modes.Budget == QueryBudgetMode.Record ? null : () => Environment.NewLine + Statements.List(Statements.Of(recorder));
        foreach (var one in found) teller.Tell(one, http.Request.Method, route, span, list);
    }

    private void Watch(ScopeEnd scope, OpenConnections open, string method, string route, string? id) => scope.Watch(open, connections =>
    {
        var left = new Found(QueryFindingKind.LeftOpen, $"{connections} connections were never closed: their pool is without them until they are collected") { Key = "connection", Amount = connections };
        teller.Tell(left, method, route, null, null);
        if (id is not null) history.Amend(id, new(left.Kind, left.Text));
    });

    private RequestTrace Trace(Recorder recorder, string method, string route, Endpoint? endpoint, TimeSpan duration, List<Found> found) => new()
    {
        Id = $"{_process}-{Interlocked.Increment(ref _requests):x}",
        TraceId = Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.TraceId.ToHexString() : null,
        Method = method,
        Route = route,
        Status = 0,
        StartedAt = time.GetUtcNow() - duration,
        Duration = duration,
        Statements = recorder.Statements,
        RoundTrips = recorder.RoundTrips,
        DatabaseTime = TraceBuilder.Time(recorder.Ticks),
        RowsRead = recorder.RowsRead,
        Budget = Judge.Budget(endpoint),
        Spans = TraceBuilder.Spans(recorder),
        SpansLeftOut = recorder.SpansLeftOut,
        Repeats = TraceBuilder.Repeats(recorder, options.RepeatThreshold),
        Findings = [.. found.Select(one => new QueryFinding(one.Kind, one.Text))],
    };

    private void Keep(HttpContext http, RequestTrace trace, bool isAnswered)
    {
        if (isAnswered)
        {
            history.Add(trace with { Status = http.RequestAborted.IsCancellationRequested ? ClientClosedRequest : http.Response.StatusCode });
            return;
        }

        // Which status an exception becomes is known when it was answered.
        http.Response.OnCompleted(() =>
        {
            history.Add(trace with { Status = http.Response.StatusCode });
            return Task.CompletedTask;
        });
    }

    private static string RouteOf(HttpContext http) => (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "";
}

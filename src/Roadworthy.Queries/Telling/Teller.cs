using System.Diagnostics;
using System.Globalization;
using Roadworthy.Queries.Requests;

namespace Roadworthy.Queries.Telling;

/// <summary>Tells of findings: a metric, an event on the request's span, and a log record.</summary>
internal sealed class Teller(QueriesMetrics metrics, LogThrottle throttle, ILogger<Teller> log)
{
    /// <param name="found">What was found.</param>
    /// <param name="method">Of the request.</param>
    /// <param name="route">Of the request.</param>
    /// <param name="span">Of the request.</param>
    /// <param name="list">Its statements, for the record of a budget; null to write none.</param>
    public void Tell(Found found, string method, string route, Activity? span, Func<string>? list)
    {
        metrics.Add(found.Kind, method, route);
        if (span is { IsAllDataRequested: true }) span.AddEvent(Event(found));
        if (found.Kind == QueryFindingKind.BudgetExceeded && list is null) return;
        if (throttle.Take(found.Kind, method, route, found.Key) is { } before)
            Log(found, method, route, before == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({before} like it before, untold)"), list);
    }

    private void Log(Found found, string method, string route, string more, Func<string>? list)
    {
        switch (found.Kind)
        {
            case QueryFindingKind.NPlusOne:
                log.NPlusOne(method, route, found.Amount, found.Other, found.Place, found.Sql, more);
                break;
            case QueryFindingKind.RepeatedStatement:
                log.Repeated(method, route, found.Text, more);
                break;
            case QueryFindingKind.BudgetExceeded:
                log.BudgetExceeded(method, route, found.Amount, found.Other, more, list!());
                break;
            case QueryFindingKind.WriteInGet:
                log.WriteInGet(method, route, found.Sql, more);
                break;
            case QueryFindingKind.SlowStatement:
                log.SlowStatement(method, route, found.Amount, found.Other, found.Sql, more);
                break;
            case QueryFindingKind.RowsOverread:
                log.RowsOverread(method, route, found.Amount, found.Other, more);
                break;
            case QueryFindingKind.LeftOpen:
                log.LeftOpen(method, route, found.Text, more);
                break;
        }
    }

    private static ActivityEvent Event(Found found)
    {
        var tags = new ActivityTagsCollection { ["roadworthy.queries.finding"] = found.Text, ["roadworthy.queries.amount"] = found.Amount };
        if (found.Sql.Length > 0) tags["db.query.text"] = found.Sql;
        if (found.Place.Length > 0) tags["code.place"] = found.Place;
        return new($"roadworthy.queries.{QueriesMetrics.Name(found.Kind)}", tags: tags);
    }
}

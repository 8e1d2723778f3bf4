using Roadworthy.Inspection.Findings;

namespace Roadworthy.Inspection.Probing.Queries;

/// <summary>RW253: rows that were read against what was returned.</summary>
internal static class OverFetch
{
    private const int LeastRows = 40;
    private const int LeastTimes = 10;

    public static async Task JudgeAsync(ProbeContext context, Readings readings, CancellationToken ct)
    {
        if (!IsFarMore(readings.Last) || readings.Last.RowsRead < 2 * readings.First.RowsRead)
        {
            context.Results.Pass(QueryRules.OverFetch, readings.Operation, $"{readings.Last.RowsRead} rows were read for {readings.Last.Shape.Values} objects returned.");
            return;
        }

        // What is kept in memory from then on is read once.
        var again = await context.ObserveAsync(readings.Call, readings.Identity, ct);
        var reading = new Reading(again, AnswerShape.Of(again.Exchange.Response?.Json));
        if (!again.Exchange.Succeeded || !IsFarMore(reading))
        {
            context.Results.Pass(QueryRules.OverFetch, readings.Operation, "What was read in excess is not read again.");
            return;
        }

        var most = again.Statements.GroupBy(statement => statement.Shape).MaxBy(group => group.Sum(statement => statement.Rows))!;
        var points = readings.All.Select(each => new GrowthPoint(each.Shape.Values, each.RowsRead)).ToList();
        context.Results.Add(new QueryFindings(context).Of(
            QueryRules.OverFetch, readings, Verdict.Fail, $"{reading.RowsRead} rows are read to return {reading.Shape.Values} objects", QueryFindings.Fingerprint(most.Key),
            [
                new GrowthEvidence("Rows read by what is returned", "objects returned", "rows read", [new GrowthSeries("rows", points, Math.Round(LeastSquares.Of(points).Slope, 3))]),
                context.Evidence.Statements("What the request asked", again.Statements, shape => shape == most.Key ? "the most rows" : null),
            ]));
    }

    private static bool IsFarMore(Reading reading) => reading.RowsRead >= LeastRows && reading.RowsRead >= LeastTimes * Math.Max(1, reading.Shape.Values);
}

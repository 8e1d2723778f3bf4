using Roadworthy.Inspection.Findings;
using Roadworthy.Wire;

namespace Roadworthy.Inspection.Probing.Queries;

/// <summary>RW253: rows that were read against what was returned.</summary>
internal static class OverFetch
{
    private const int LeastRows = 40;
    private const int LeastTimes = 10;

    // What comes with this many endpoints is the middleware's: whoever asks, with all that they may.
    private const int Everywhere = 3;

    /// <summary>The statements that come with every endpoint, whatever it shows.</summary>
    public static IReadOnlySet<StatementShape> Common(IReadOnlyList<Readings> all) =>
        all.SelectMany(readings => readings.Shapes.Select(shape => (shape, readings.Operation.Key))).Distinct().GroupBy(each => each.shape).Where(group => group.Count() >= Everywhere).Select(group => group.Key).ToHashSet();

    public static async Task JudgeAsync(ProbeContext context, Readings readings, IReadOnlySet<StatementShape> common, CancellationToken ct)
    {
        if (!IsFarMore(readings.Last, common) || RowsRead(readings.Last, common) < 2 * RowsRead(readings.First, common))
        {
            context.Results.Pass(QueryRules.OverFetch, readings.Operation, $"{RowsRead(readings.Last, common)} rows were read for {readings.Last.Shape.Values} objects returned.");
            return;
        }

        // What is kept in memory from then on is read once.
        var again = await context.ObserveAsync(readings.Call, readings.Identity, ct);
        var reading = new Reading(again, AnswerShape.Of(again.Exchange.Response?.Json));
        if (!again.Exchange.Succeeded || !IsFarMore(reading, common))
        {
            context.Results.Pass(QueryRules.OverFetch, readings.Operation, "What was read in excess is not read again.");
            return;
        }

        var most = again.Statements.Where(statement => !common.Contains(statement.Shape)).GroupBy(statement => statement.Shape).MaxBy(group => group.Sum(statement => statement.Rows))!;
        var points = readings.All.Select(each => new GrowthPoint(each.Shape.Values, RowsRead(each, common))).ToList();
        context.Results.Add(new QueryFindings(context).Of(
            QueryRules.OverFetch, readings, Verdict.Fail, $"{RowsRead(reading, common)} rows are read to return {reading.Shape.Values} objects", QueryFindings.Fingerprint(most.Key),
            [
                new GrowthEvidence("Rows read by what is returned", "objects returned", "rows read", [new GrowthSeries("rows", points, Math.Round(LeastSquares.Of(points).Slope, 3))]),
                context.Evidence.Statements("What the request asked", again.Statements, shape => shape == most.Key ? "the most rows" : null),
            ]));
    }

    private static bool IsFarMore(Reading reading, IReadOnlySet<StatementShape> common) => RowsRead(reading, common) is var rows && rows >= LeastRows && rows >= LeastTimes * Math.Max(1, reading.Shape.Values);

    private static long RowsRead(Reading reading, IReadOnlySet<StatementShape> common) =>
        reading.Observation.Statements.Where(statement => statement.Shape.Kind == StatementKind.Read && !common.Contains(statement.Shape)).Sum(statement => statement.Rows);
}

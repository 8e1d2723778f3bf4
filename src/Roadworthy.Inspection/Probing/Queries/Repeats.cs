using Roadworthy.Inspection.Findings;
using Roadworthy.Wire;

namespace Roadworthy.Inspection.Probing.Queries;

/// <summary>RW251: one statement with the same values several times in one request.</summary>
internal static class Repeats
{
    // Twice is often one for the guard and one for the work; it is not worth anybody's time.
    private const int Least = 3;

    public static void Judge(ProbeContext context, Readings readings, IReadOnlyList<GrownStatement> grown)
    {
        var again = readings.Last.Observation.Statements.Where(statement => statement.Shape.Kind == StatementKind.Read && statement.Shape.Reads.Count > 0 && grown.All(each => each.Shape != statement.Shape))
            .GroupBy(statement => (statement.Shape, statement.ValuesHash)).Where(group => group.Count() >= Least).OrderByDescending(group => group.Count()).ToList();
        if (again.Count == 0)
        {
            context.Results.Pass(QueryRules.Repeated, readings.Operation, "No statement was sent three times with the same values.");
            return;
        }

        var shapes = again.Select(group => group.Key.Shape).ToHashSet();
        context.Results.Add(new QueryFindings(context).Of(
            QueryRules.Repeated, readings, Verdict.Advisory, $"One statement is sent {again[0].Count()} times with the same values in one request", QueryFindings.Fingerprint(again[0].Key.Shape),
            [context.Evidence.Statements("What the request asked", readings.Last.Observation.Statements, shape => shapes.Contains(shape) ? "the same values" : null)]));
    }
}

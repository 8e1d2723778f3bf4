using System.Globalization;
using Roadworthy.Inspection.Findings;
using Roadworthy.Wire;

namespace Roadworthy.Inspection.Probing.Queries;

/// <summary>Makes findings of what was read at several sizes.</summary>
internal sealed class QueryFindings(ProbeContext context)
{
    public const string Name = "queries";

    public static string Recipe(Rule rule, string endpoint) => $"{Name} {rule.Id} {endpoint}";

    public static string Fingerprint(StatementShape shape) => shape.Fingerprint.ToString("x16", CultureInfo.InvariantCulture);

    public Finding Of(Rule rule, Readings readings, Verdict verdict, string summary, string fingerprint, IReadOnlyList<Evidence> evidence, string? remedy = null) => new()
    {
        Rule = rule.Id,
        Endpoint = readings.Operation.Key,
        Verdict = verdict,
        Summary = summary,
        Fingerprint = fingerprint,
        Evidence = evidence,
        Remedy = remedy,
        Commands = [context.Evidence.Curl(readings.Last.Observation.Exchange)],
        Recipe = Recipe(rule, readings.Operation.Key),
    };

    public Finding Growth(Readings readings, IReadOnlyList<GrownStatement> grown)
    {
        var (first, marked) = (grown[0], grown.Select(each => each.Shape).ToHashSet());
        var last = readings.Last;
        var all = readings.All.Select(reading => reading.Observation.Statements.Count).ToList();
        return Of(QueryRules.NPlusOne, readings, Verdict.Fail, Sentence(all, first), Fingerprint(first.Shape),
        [
            Plot(grown),
            context.Evidence.Statements("What the last of these requests asked", last.Observation.Statements, shape => marked.Contains(shape) ? "grows" : null),
            context.Evidence.Waterfall("One after the other", last.Observation, statement => marked.Contains(statement.Shape)),
        ]);
    }

    public GrowthEvidence Plot(IReadOnlyList<GrownStatement> grown) => new(
        "Statements by what is returned", grown[0].Axis, "statements",
        [.. grown.Take(4).Select(each => new GrowthSeries(context.Scrubber.Scrub(each.Shape.Text), [.. each.Points.OrderBy(point => point.X)], Math.Round(each.Slope, 3)))]);

    private static string Sentence(List<int> counts, GrownStatement grown)
    {
        var (least, most) = (grown.Points.MinBy(point => point.X)!, grown.Points.MaxBy(point => point.X)!);
        return string.Create(CultureInfo.InvariantCulture,
            $"{counts[^1]} statements for one request; one of them is sent {least.Y} times for {least.X} {grown.Axis}, and {most.Y} times for {most.X}: {grown.Slope:0.##} more for each");
    }
}

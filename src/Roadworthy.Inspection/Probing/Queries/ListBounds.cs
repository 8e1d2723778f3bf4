using System.Text.RegularExpressions;
using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Data;
using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Findings;
using Roadworthy.Wire;

namespace Roadworthy.Inspection.Probing.Queries;

/// <summary>RW252: a list that grows with its table, and whose statement has no limit; or that does not hold to the limit it was asked for.</summary>
internal sealed partial class ListBounds(ProbeContext context, Catalogue catalogue, IReadOnlySet<string> written)
{
    private const int Asked = 2;

    public async Task JudgeAsync(Readings readings, CancellationToken ct)
    {
        var operation = readings.Operation;
        if (readings.Last.Shape.List is not { } list || operation.Path.EndsWith('}'))
        {
            context.Results.Pass(QueryRules.UnboundedList, operation, "The answer is about one thing.");
            return;
        }

        var (few, many) = (readings.First.Shape.Items, readings.Last.Shape.Items);
        if (await IgnoredLimitAsync(readings, many, ct)) return;
        if (many <= few || many < 5)
        {
            if (many == 0) context.Results.Inconclusive(QueryRules.UnboundedList, operation, "The list was empty, also after its tables had grown: nothing is known of its bound.");
            else context.Results.Pass(QueryRules.UnboundedList, operation, $"It returns {many} items, however many rows there are.");
            return;
        }

        var reads = readings.Last.Observation.Statements.Where(statement => statement.Shape.Kind == StatementKind.Read && statement.Rows >= many).ToList();
        if (reads.Count == 0 || reads.Any(statement => Limit().IsMatch(statement.Shape.Text)))
        {
            context.Results.Pass(QueryRules.UnboundedList, operation, reads.Count == 0 ? $"No statement returned the {many} items as rows of its own." : "The list's statement has a limit.");
            return;
        }

        var (verdict, why) = Weigh(reads[0].Shape);
        if (verdict == Verdict.Pass) context.Results.Pass(QueryRules.UnboundedList, operation, why);
        else context.Results.Add(Of(readings, verdict, $"It returns all that there is: {few} items, and {many} when the tables had grown{why}", QueryFindings.Fingerprint(reads[0].Shape), list, reads[0]));
    }

    private async Task<bool> IgnoredLimitAsync(Readings readings, int many, CancellationToken ct)
    {
        var declared = readings.Operation.Parameters.FirstOrDefault(parameter => parameter.Place is ParameterPlace.Query && Meanings.Of(parameter.Name, null) is Meaning.Limit);
        if (declared is null || many <= Asked + 1 || !Takes(declared.Schema, Asked)) return false;
        var call = readings.Call.Copy();
        call.Query.RemoveAll(each => each.Key == declared.Name);
        call.Query.Add(new(declared.Name, "2"));
        var observation = await context.ObserveAsync(call, readings.Identity, ct);
        var shape = AnswerShape.Of(observation.Exchange.Response?.Json);
        if (!observation.Exchange.Succeeded || shape.Items <= Asked) return false;
        // Some take 5 or 10 for the least.
        if (shape.Items < many) return false;
        // A list that is bounded all the same may take some sizes only.
        var isBounded = observation.Statements.Any(statement => statement.Shape.Kind == StatementKind.Read && statement.Rows >= shape.Items && Limit().IsMatch(statement.Shape.Text));
        context.Results.Add(new QueryFindings(context).Of(
            QueryRules.UnboundedList, readings, isBounded ? Verdict.Advisory : Verdict.Fail, $"Asked for {Asked} items by '{declared.Name}', it returns {shape.Items}", "limit:" + declared.Name, [context.Evidence.Of("Asked for two", observation.Exchange)]));
        return true;
    }

    /// <summary>Whether a parameter is said to take a number: not where it has its own few, or begins above it.</summary>
    public static bool Takes(Schema schema, int number) =>
        schema.Enum.Count == 0 && !(schema.Minimum > number) && !(schema.ExclusiveMinimum && schema.Minimum == number) && schema.Alternatives.TrueForAll(each => each.Enum.Count == 0);

    /// <summary>What only the application's maker adds to, and what is of one person, does not grow as other lists do.</summary>
    private (Verdict Verdict, string Why) Weigh(StatementShape shape)
    {
        var tables = catalogue.Tables.Where(table => shape.Reads.Contains(table.Name, StringComparer.Ordinal)).ToList();
        if (!tables.Any(table => written.Contains(table.Name))) return (Verdict.Pass, "No request writes to its tables: they are as large as their maker makes them.");
        var isOnes = tables.SelectMany(table => table.ForeignKeys).Any(key => IsPeople(key.TargetTable) && key.Columns.Count == 1 && Regex.IsMatch(shape.Text, $"""\b"?{Regex.Escape(key.Columns[0])}"?\s*=\s*\?""", RegexOptions.IgnoreCase));
        return isOnes ? (Verdict.Advisory, " (of one person)") : (Verdict.Fail, "");
    }

    private Finding Of(Readings readings, Verdict verdict, string summary, string fingerprint, string list, StatementRecord statement)
    {
        var points = readings.All.Select(reading => new GrowthPoint(reading.Observation.Statements.Where(each => each.Shape == statement.Shape).Sum(each => each.Rows), reading.Shape.Items)).ToList();
        return new QueryFindings(context).Of(QueryRules.UnboundedList, readings, verdict, summary, fingerprint,
        [
            new GrowthEvidence("What is returned, by the rows there are", "rows", list == "$" ? "items" : list, [new GrowthSeries(context.Scrubber.Scrub(statement.Shape.Text), points, Math.Round(LeastSquares.Of(points).Slope, 3))]),
            context.Evidence.Statements("What the last of these requests asked", readings.Last.Observation.Statements, shape => shape == statement.Shape ? "no limit" : null),
        ]);
    }

    private static bool IsPeople(string table) => Names.KindOf(table) is "user" or "account" or "customer" or "member" or "person" or "appuser" or "authuser" or "aspnetuser" or "profile";

    [GeneratedRegex(@"\blimit\b|\bfetch\s+(?:first|next)\b|\brow_number\b", RegexOptions.IgnoreCase)]
    private static partial Regex Limit();
}

using System.Globalization;
using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Findings;
using Roadworthy.Wire;

namespace Roadworthy.Inspection.Probing.Queries;

/// <summary>RW250 of writes: how the statements grow with the lines that are sent, or with those of the thing that is written to.</summary>
internal sealed class SentGrowth(ProbeContext context)
{
    private const int MostActions = 2;
    // One statement for each line is common and rarely hurts; two trips and more do.
    private const double AdvisorySlope = 0.8;
    private const double FailSlope = 1.8;
    private static readonly int[] Sizes = [1, 2, 4];

    private int _serial;

    public async Task RunAsync(ApiOperation? only, CancellationToken ct)
    {
        foreach (var operation in context.Operations.Where(operation => operation.Method is "POST" or "PUT" && !AuthShapes.IsDangerous(operation)))
        {
            if (context.Clock.IsUp || context.WhoCan(operation) is not { } who) continue;
            var actions = Actions(operation, who).Where(action => only is null || action == only || operation == only).ToList();
            if (only is not null && only != operation && actions.Count == 0) continue;
            if (await context.Setup.Survey.FreshAsync(operation, who, ct) is not { } call || SentLines.Of(call) is not { } lines) continue;
            await TryAsync(operation, who, lines, [.. actions.Take(MostActions)], ct);
        }
    }

    private async Task TryAsync(ApiOperation operation, Identity who, SentLines lines, List<ApiOperation> actions, CancellationToken ct)
    {
        var references = await References.SeveralAsync(context, lines.Reference, who, Sizes[^1], ct);
        while (references.Count < Sizes[^1]) references = [.. references, references[0]];
        var points = new List<Observation>();
        var acted = actions.ToDictionary(action => action, _ => new List<Observation>());
        // The first is not counted: what is prepared and kept once is prepared and kept by it.
        foreach (var size in Sizes.Prepend(1))
        {
            foreach (var action in actions.Select(action => (ApiOperation?)action).DefaultIfEmpty(null))
            {
                var sent = lines.With(references.Take(size));
                // Another body under the same key is refused, and rightly.
                sent.UseKey(Dice.For(context.Seed, "sent", (++_serial).ToString(CultureInfo.InvariantCulture)));
                var seen = await context.ObserveAsync(sent, who, ct);
                if (!Success.Is(seen.Exchange))
                {
                    context.Results.Inconclusive(QueryRules.NPlusOne, operation, $"With {size} of {lines.Pointer} it answers {seen.Exchange.Status}: whether its statements grow with them is not known.");
                    return;
                }

                if (action == actions.FirstOrDefault()) points.Add(seen);
                if (action is null || References.Made(context, seen.Exchange, operation) is not { } id) continue;
                var call = context.Setup.Survey.Of(action, who)!.Call!.Copy();
                call.Path[action.Parameters.Last(parameter => parameter.Place is ParameterPlace.Path).Name] = id;
                acted[action].Add(await context.ObserveAsync(call, who, ct));
            }
        }

        Judge(operation, "lines sent", [.. points.Skip(1)]);
        foreach (var (action, seen) in acted)
            if (seen.Count == Sizes.Length + 1 && seen.All(each => Success.Is(each.Exchange))) Judge(action, "lines of it", [.. seen.Skip(1)]);
    }

    /// <summary>What is done to one thing that the operation makes.</summary>
    private IEnumerable<ApiOperation> Actions(ApiOperation maker, Identity who) => context.Operations.Where(operation =>
        operation.Method is "POST" or "DELETE" or "PATCH" && operation.Path.StartsWith(maker.Path.TrimEnd('/') + "/{", StringComparison.Ordinal) && operation.Path.Count(c => c == '{') == maker.Path.Count(c => c == '{') + 1
        && context.Setup.Survey.Of(operation, who) is { Succeeded: true, Call: { } call } && SentLines.Of(call) is null);

    private void Judge(ApiOperation operation, string axis, IReadOnlyList<Observation> seen)
    {
        var trips = LeastSquares.Of([.. seen.Select((each, at) => new GrowthPoint(Sizes[at], each.Statements.Select(statement => (statement.ConnectionId, statement.Batch)).Distinct().Count()))]);
        var grown = seen[^1].Statements.Select(statement => statement.Shape).Distinct().Select(shape => Of(shape, axis, seen)).Where(each => each is { Slope: >= AdvisorySlope, Fit: > 0.9 }).OrderByDescending(each => each.Slope).ThenBy(each => each.Shape.Fingerprint).ToList();
        if (grown.Count == 0 || trips.Slope < AdvisorySlope)
        {
            context.Results.Pass(QueryRules.NPlusOne, operation, grown.Count == 0 ? $"{seen[0].Statements.Count} statements for one of the {axis}, {seen[^1].Statements.Count} for {Sizes[^1]}." : "Its statements grow with what is sent, but go to the database together.");
            return;
        }

        var marked = grown.Select(each => each.Shape).ToHashSet();
        context.Results.Add(new Finding
        {
            Rule = QueryRules.NPlusOne.Id,
            Endpoint = operation.Key,
            Verdict = trips.Slope >= FailSlope ? Verdict.Fail : Verdict.Advisory,
            Fingerprint = QueryFindings.Fingerprint(grown[0].Shape),
            Summary = string.Create(CultureInfo.InvariantCulture, $"{seen[0].Statements.Count} statements for 1 of the {axis}, {seen[^1].Statements.Count} for {Sizes[^1]}: {trips.Slope:0.#} more trips to the database for each"),
            Evidence =
            [
                new QueryFindings(context).Plot(grown),
                context.Evidence.Of($"With {Sizes[^1]}", seen[^1].Exchange),
                context.Evidence.Statements("What it asked", seen[^1].Statements, shape => marked.Contains(shape) ? "grows" : null),
                context.Evidence.Waterfall("One after the other", seen[^1], statement => marked.Contains(statement.Shape)),
            ],
            Commands = [context.Evidence.Curl(seen[^1].Exchange)],
            Recipe = QueryFindings.Recipe(QueryRules.NPlusOne, operation.Key),
            Remedy = "Read and write all lines with one statement each (WHERE ... = ANY, a multi-row INSERT, UPDATE ... FROM unnest), and assert the number of statements in a test.",
        });
    }

    private static GrownStatement Of(StatementShape shape, string axis, IReadOnlyList<Observation> seen)
    {
        var points = seen.Select((each, at) => new GrowthPoint(Sizes[at], each.Statements.Count(statement => statement.Shape == shape))).ToList();
        var (slope, fit) = LeastSquares.Of(points);
        return new GrownStatement(shape, axis, slope, fit, points);
    }
}

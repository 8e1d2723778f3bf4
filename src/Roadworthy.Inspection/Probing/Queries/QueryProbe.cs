using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Data;
using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Findings;

namespace Roadworthy.Inspection.Probing.Queries;

/// <summary>
/// Asks every endpoint that reads at growing sizes of the data, and sets its statements against what it returned. Leaves the data grown, so it goes behind the
/// other probes.
/// </summary>
internal sealed class QueryProbe : IProbe
{
    private static readonly GrowthTarget[] Sizes = [new() { Rows = 8, Children = 3 }, new() { Rows = 40, Children = 6, MostRows = 4000 }];

    public string Name => QueryFindings.Name;

    public IReadOnlyList<Rule> Rules => QueryRules.All;

    public Task RunAsync(ProbeContext context, CancellationToken ct) => RunAsync(context, null, ct);

    public async Task<ReplayOutcome> ReplayAsync(ProbeContext context, string recipe, CancellationToken ct)
    {
        if (recipe.Split(' ', 3) is not [_, var id, var endpoint] || RuleCatalogue.Find(id) is not { } rule) return new ReplayOutcome(null, $"'{recipe}' is no recipe of this probe.");
        if (endpoint != RuleResult.Everywhere && context.Operations.All(operation => operation.Key != endpoint)) return new ReplayOutcome(null, $"The API describes no {endpoint} any more.");
        await RunAsync(context, endpoint, ct);
        var result = context.Results.All.FirstOrDefault(result => result.Rule == rule.Id && result.Endpoint == endpoint);
        return new ReplayOutcome(result?.Verdict switch { Verdict.Fail or Verdict.Advisory => true, Verdict.Pass => false, _ => null }, result?.Reason ?? "It could not be tried.");
    }

    private static async Task RunAsync(ProbeContext context, string? only, CancellationToken ct)
    {
        // Grown data may be more than it can bear.
        var deaths = context.Setup.Driver.Deaths;
        deaths?.IsWatching = true;
        try
        {
            await GrowAsync(context, only, ct);
        }
        finally
        {
            deaths?.IsWatching = false;
        }
    }

    private static async Task GrowAsync(ProbeContext context, string? only, CancellationToken ct)
    {
        var traces = Traces.Of(context);
        var written = traces.Written;
        var all = new List<Readings>();
        if (only != RuleResult.Everywhere)
        {
            await new SentGrowth(context).RunAsync(context.Operations.FirstOrDefault(operation => operation.Key == only), ct);
            all = await ReadAsync(context, traces, only, ct);
        }

        var catalogue = await CatalogueReader.ReadAsync(context.Database, ct);
        await ForeignKeys.JudgeAsync(context, catalogue, written, ct);
        await JudgeAsync(context, catalogue, written, all, ct);
    }

    private static async Task<List<Readings>> ReadAsync(ProbeContext context, Traces traces, string? only, CancellationToken ct)
    {
        var all = new List<Readings>();
        foreach (var operation in context.Operations.Where(operation => Reads(context, traces, operation) && (only is null || operation.Key == only)))
        {
            if (context.WhoCan(operation) is { } who) all.Add(new Readings(operation, who, context.Setup.Survey.Of(operation, who)!.Call!));
            else Inconclusive(context, operation, $"No request to it works: {context.Setup.Survey.Best(operation)?.Reason ?? "it was not tried."}");
        }

        // What is read once and kept is read now.
        foreach (var readings in all)
        {
            var shown = await context.Setup.Driver.SendAsync(readings.Call, readings.Identity, ct);
            if (!Success.Is(shown) && context.Setup.Driver.Build(readings.Operation, readings.Identity) is { } other)
            {
                readings.Use(other);
                shown = await context.Setup.Driver.SendAsync(other, readings.Identity, ct);
            }

            await EmptyLists.FillAsync(context, readings, shown, ct);
        }

        await ReadOnceAsync(context, all, ct);
        foreach (var size in Sizes)
        {
            if (context.Clock.IsUp) break;
            await Growth.GrowAsync(context.Database, size, ct);
            await ReadOnceAsync(context, all, ct);
        }

        return all;
    }

    private static async Task ReadOnceAsync(ProbeContext context, List<Readings> all, CancellationToken ct)
    {
        foreach (var readings in all.Where(readings => readings.Missing is null))
        {
            if (context.Clock.IsUp)
            {
                readings.Missing = context.Clock.Reason;
                continue;
            }

            var seen = await context.ObserveAsync(readings.Call, readings.Identity, ct);
            if (Success.Is(seen.Exchange)) readings.All.Add(new Reading(seen, AnswerShape.Of(seen.Exchange.Response!.Json)));
            else readings.Missing = $"With the data grown, it answers {seen.Exchange.Status}{Success.Quote(seen.Exchange)}";
        }
    }

    private static async Task JudgeAsync(ProbeContext context, Catalogue catalogue, IReadOnlySet<string> written, List<Readings> all, CancellationToken ct)
    {
        foreach (var readings in all.Where(readings => readings.Missing is not null)) Inconclusive(context, readings.Operation, readings.Missing!);
        var whole = all.Where(readings => readings.Missing is null).ToList();
        foreach (var readings in whole)
        {
            var grown = StatementGrowth.Find(readings);
            if (grown.Count > 0) context.Results.Add(new QueryFindings(context).Growth(readings, grown));
            else if (Stillness(readings) is { } reason) context.Results.Inconclusive(QueryRules.NPlusOne, readings.Operation, reason);
            else context.Results.Pass(QueryRules.NPlusOne, readings.Operation, $"{readings.First.Observation.Statements.Count} statements for {readings.First.Shape.Values} objects, {readings.Last.Observation.Statements.Count} for {readings.Last.Shape.Values}.");
            Repeats.Judge(context, readings, grown);
        }

        WritingReads.Judge(context, whole);
        var (common, bounds) = (OverFetch.Common(whole), new ListBounds(context, catalogue, written));
        foreach (var readings in whole)
        {
            await bounds.JudgeAsync(readings, ct);
            await OverFetch.JudgeAsync(context, readings, common, ct);
        }

        await new FullScans(context, catalogue).RunAsync(whole, ct);
    }

    /// <summary>Why nothing follows from its counts; null where something does.</summary>
    private static string? Stillness(Readings readings)
    {
        if (readings.Last.Observation.Statements.Count == 0 || readings.All.Any(reading => reading.Shape.Arrays.Count == 0)) return null;
        if (readings.All.All(reading => reading.Shape.Arrays.Values.Sum() == 0)) return "It returned no rows at any size of the data: nothing is known of its statements.";
        return readings.All.Select(reading => reading.Shape.Values).Distinct().Count() == 1 && readings.All.Select(reading => reading.RowsRead).Distinct().Count() == 1 && readings.Last.Shape.Items < 2
            ? "What it returns did not grow with the data: nothing is known of its statements." : null;
    }

    /// <summary>A GET; or a POST that answers a list and writes nothing, as searches do.</summary>
    private static bool Reads(ProbeContext context, Traces traces, ApiOperation operation)
    {
        if (AuthShapes.IsDangerous(operation)) return false;
        if (operation.Method == "GET") return true;
        return operation.Method == "POST" && context.Setup.Survey.Best(operation) is { Succeeded: true, Exchange: { Response.Json: { } answer, Status: not 201 } } && AnswerShape.Of(answer) is { List: not null, Items: > 0 }
            && !traces.Writes(operation);
    }

    private static void Inconclusive(ProbeContext context, ApiOperation operation, string reason)
    {
        foreach (var rule in QueryRules.All.Where(rule => rule != QueryRules.UnindexedForeignKey && (rule != QueryRules.WritingGet || operation.Method == "GET"))) context.Results.Inconclusive(rule, operation, reason);
    }
}

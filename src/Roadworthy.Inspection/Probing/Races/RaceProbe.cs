using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Findings;

namespace Roadworthy.Inspection.Probing.Races;

/// <summary>RW3xx: holds a request where it is about to write, lets another run to its end, and judges what the two have left.</summary>
internal sealed class RaceProbe : IProbe
{
    internal const string ProbeName = "race";

    public string Name => ProbeName;

    public IReadOnlyList<Rule> Rules => RaceRules.All;

    public async Task RunAsync(ProbeContext context, CancellationToken ct)
    {
        var raced = Raced(context);
        if (context.Statements.Position == 0)
        {
            foreach (var operation in raced) context.Results.Inconclusive(RaceRules.LostUpdate, operation, "Nothing that the backend asks its database passes the inspection's proxy, so it can't be held: let it connect to the database that it is given.");
            return;
        }

        await using var stage = await RaceStage.SetAsync(context, raced, ct);
        await stage.RefreshesAsync(ct);
        await stage.SameAsync(ct);
        await stage.PairsAsync(ct);
    }

    /// <summary>The recipe is the case: which kind, which endpoint.</summary>
    public async Task<ReplayOutcome> ReplayAsync(ProbeContext context, string recipe, CancellationToken ct)
    {
        if (recipe.Split(' ', 3) is not [ProbeName, var kind, var endpoint]) return new ReplayOutcome(null, $"'{recipe}' is no race.");
        if (context.Operations.FirstOrDefault(each => each.Key == endpoint) is not { } operation) return new ReplayOutcome(null, $"There is no {endpoint} any more.");
        var with = kind.StartsWith("with:", StringComparison.Ordinal) ? Uri.UnescapeDataString(kind[5..]) : null;
        var asked = context.Operations.Where(each => each == operation || each.Key == with).ToList();
        await using (var stage = await RaceStage.SetAsync(context, asked, ct))
        {
            if (kind == "refresh") await stage.RefreshesAsync(ct);
            else if (with is null) await stage.SameAsync(ct);
            else await stage.PairsAsync(ct);
        }

        var results = context.Results.All.Where(result => result.Endpoint == endpoint).ToList();
        if (results.SelectMany(result => result.Findings).FirstOrDefault(finding => finding.Recipe == recipe) is { } found) return new ReplayOutcome(true, found.Summary);
        var told = results.Find(result => result.Verdict == Verdict.Inconclusive && result.Rule != RaceRules.OneInstanceOnly.Id && result.Rule != RaceRules.RepeatMakesTwo.Id);
        return told is null ? new ReplayOutcome(false, results.Count > 0 ? results[0].Reason : "It was not found.") : new ReplayOutcome(null, told.Reason);
    }

    /// <summary>Whatever may write and works for somebody, be it for one whose session or account it ends.</summary>
    private static IReadOnlyList<ApiOperation> Raced(ProbeContext context)
    {
        var writing = context.Operations.Where(operation => !operation.IsSafe).ToLookup(operation => context.WhoCan(operation) is not null || ShotMaker.IsEnd(context, operation));
        foreach (var operation in writing[false])
            foreach (var rule in (Rule[])[RaceRules.LostUpdate, RaceRules.ConflictAs500]) context.Results.Inconclusive(rule, operation, $"No request of it has worked: {context.Setup.Survey.Best(operation)?.Reason ?? "it was not asked"}");
        return [.. writing[true]];
    }
}

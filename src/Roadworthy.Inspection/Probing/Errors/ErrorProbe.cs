using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Findings;

namespace Roadworthy.Inspection.Probing.Errors;

/// <summary>
/// Lets things fail: constraints, single statements, connections, the whole database. Judges what the client is told, what the output has of it, what is left in
/// the tables, and whether it comes back. The most telling first.
/// </summary>
internal sealed class ErrorProbe : IProbe
{
    private Waiting? _waiting;

    public string Name => ErrorFindings.Name;

    public IReadOnlyList<Rule> Rules => ErrorRules.All;

    public async Task BeginAsync(ProbeContext context, CancellationToken ct) => _waiting = await Waiting.BeginAsync(context, ct);

    public Task RunAsync(ProbeContext context, CancellationToken ct) => RunAsync(context, null, ct);

    public async Task<ReplayOutcome> ReplayAsync(ProbeContext context, string recipe, CancellationToken ct)
    {
        if (recipe.Split(' ', 3) is not [_, var id, var endpoint] || RuleCatalogue.Find(id) is not { } rule) return new ReplayOutcome(null, $"'{recipe}' is no recipe of this probe.");
        if (endpoint != RuleResult.Everywhere && context.Operations.All(operation => operation.Key != endpoint)) return new ReplayOutcome(null, $"The API describes no {endpoint} any more.");
        if (rule == ErrorRules.Hangs) await BeginAsync(context, ct);
        await RunAsync(context, endpoint == RuleResult.Everywhere ? null : endpoint, ct);
        var results = context.Results.All.Where(result => result.Rule == rule.Id).ToList();
        // What is found of the whole API is passed at each endpoint.
        var result = results.Find(result => result.Endpoint == endpoint) ?? (endpoint == RuleResult.Everywhere ? results.Find(result => result.Verdict == Verdict.Pass) : null);
        return new ReplayOutcome(result?.Verdict switch { Verdict.Fail or Verdict.Advisory => true, Verdict.Pass => false, _ => null }, result?.Reason ?? "It could not be tried.");
    }

    private async Task RunAsync(ProbeContext context, string? only, CancellationToken ct)
    {
        using var waiting = _waiting;
        // What the calls need is made before the data are remembered.
        var calls = await CallsAsync(context, only, ct);
        await using (var bench = await Bench.PrepareAsync(context, ct)) await TryAsync(context, bench, calls, only, ct);
        if (waiting is not null) await waiting.JudgeAsync(ct);
    }

    private static async Task TryAsync(ProbeContext context, Bench bench, WorkingCalls calls, string? only, CancellationToken ct)
    {
        var connections = new Connections(context, bench);
        var targets = await TargetsAsync(context, bench, connections, calls, ct);
        if (targets.Count == 0) return;
        var (failures, recovery) = (new Failures(context), new Recovery(context));
        var asked = targets.Where(target => only is null || target.Operation.Key == only).ToList();
        var halves = new HalfWrites(context, bench, failures, targets);
        var constraints = new Constraints(context, bench, halves);
        foreach (var target in asked.Where(target => target.Writes.Count > 0 && target.Operation.Method != "GET"))
        {
            if (context.Clock.IsUp) break;
            await halves.TryAsync(target, ct);
            await constraints.TryAsync(target, ct);
        }

        await failures.SettleAsync(ct);
        await new Outage(context, failures, recovery).RunAsync(asked, ct);
        await new FullServer(context, failures, recovery).RunAsync(asked, ct);
        var interruptions = new Interruptions(context, bench, failures, recovery, connections);
        if (!context.Clock.IsUp) await interruptions.CutIdleAsync(asked, ct);
        await interruptions.CutAsync(asked, ct);
        await interruptions.FailStatementsAsync(asked, ct);
        await failures.ConcludeAsync(ct);
        foreach (var target in asked.Where(target => target.IsConcerned))
            foreach (var rule in (Rule[])[ErrorRules.OutageAsAnswer, ErrorRules.Leak]) context.Results.Inconclusive(rule, target.Operation, context.Clock.IsUp ? context.Clock.Reason : "Nothing of it could be made to fail.");
    }

    private static Task<WorkingCalls> CallsAsync(ProbeContext context, string? only, CancellationToken ct)
    {
        var shapes = AuthShapes.Of(context.Setup.Description);
        // Lists stay, to look whether they still work.
        return WorkingCalls.PrepareAsync(context, operation => !IsAuth(operation) && (only is null || operation.Key == only || operation.Method == "GET"), ct);

        bool IsAuth(ApiOperation operation) => AuthShapes.IsDangerous(operation) || shapes.LogIn.Contains(operation) || shapes.Refresh.Contains(operation) || shapes.LogOut.Contains(operation);
    }

    private static async Task<List<Target>> TargetsAsync(ProbeContext context, Bench bench, Connections connections, WorkingCalls calls, CancellationToken ct)
    {
        var targets = new List<Target>();
        foreach (var known in calls.All)
        {
            if (context.Clock.IsUp) Inconclusive(context, known.Operation, context.Clock.Reason);
            if (context.Clock.IsUp) continue;
            var sample = new Target(known, Trial.Nothing);
            var (works, trial) = (known, await connections.WatchAsync(sample, "that succeed", () => bench.TryAsync(known.Call, known.Who, ct), ct));
            if (!trial.Succeeded && await AgainAsync(context, bench, known, ct) is { } other) (works, trial) = (other, await bench.TryAsync(other.Call, other.Who, ct));
            if (trial.Succeeded) targets.Add(new Target(works, trial));
            else Inconclusive(context, known.Operation, $"It did not work when it was to be tried: {trial.Status}{Success.Quote(trial.Exchange)}");
        }

        foreach (var (endpoint, reason) in calls.Missing) Inconclusive(context, context.Operations.First(operation => operation.Key == endpoint), reason);
        return targets;
    }

    /// <summary>By trying as the survey did; what that made is taken back, so that the same call works again.</summary>
    private static async Task<KnownCall?> AgainAsync(ProbeContext context, Bench bench, KnownCall known, CancellationToken ct)
    {
        var outcome = await context.Setup.Driver.SolveAsync(known.Operation, known.Who, ct);
        await bench.TakeBackAsync(ct);
        return outcome.Call is { } call ? known with { Call = call } : null;
    }

    private static void Inconclusive(ProbeContext context, ApiOperation operation, string reason)
    {
        foreach (var rule in (Rule[])[ErrorRules.OutageAsAnswer, ErrorRules.Leak, ErrorRules.Unlogged, ErrorRules.NoTraceId, ErrorRules.ConnectionLeak]) context.Results.Inconclusive(rule, operation, reason);
        if (operation.IsSafe) return;
        foreach (var rule in (Rule[])[ErrorRules.ConstraintAs500, ErrorRules.PoisonRow]) context.Results.Inconclusive(rule, operation, reason);
    }
}

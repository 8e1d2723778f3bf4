using Roadworthy.Inspection.Findings;
using Roadworthy.Wire;

namespace Roadworthy.Inspection.Probing.Errors;

/// <summary>Single statements that fail, connections that are cut between two statements or while nobody uses them.</summary>
internal sealed class Interruptions(ProbeContext context, Bench bench, Failures failures, Recovery recovery, Connections connections)
{
    private const int MostCut = 3;
    // What PostgreSQL itself says under load: a deadlock, a collision, a limit of time.
    private static readonly (string State, string Words)[] Faults = [("57014", "canceling statement due to statement timeout"), ("40P01", "deadlock detected"), ("40001", "could not serialize access")];

    /// <summary>The last statement of each request fails: the one that is furthest from the guards.</summary>
    public async Task FailStatementsAsync(IReadOnlyList<Target> targets, CancellationToken ct)
    {
        var at = 0;
        foreach (var target in targets.Where(target => target.IsConcerned))
        {
            if (context.Clock.IsUp) break;
            var (state, words) = Faults[at++ % Faults.Length];
            var trial = await connections.WatchAsync(target, "whose statement fails", FailAsync, ct);
            if (trial.Died) await recovery.FailAsync(target, trial.Exchange, "a statement that failed", ct);
            else if (trial.Statements.Any(statement => !statement.Error.IsNone)) failures.Add(target, trial.Exchange, $"where a statement fails ({state})", async () => (await FailAsync()).Exchange);

            async Task<Trial> FailAsync()
            {
                using var fault = context.Wire.Fail(state, $"{ErrorFindings.Canary}: {words}", ErrorFindings.Only(target.Shapes[^1]), times: 10);
                return await bench.TryAsync(target.Call, target.Who, ct, withLog: true);
            }
        }

        await failures.SettleAsync(ct);
    }

    /// <summary>A fail-over in the middle of a transaction.</summary>
    public async Task CutAsync(IReadOnlyList<Target> targets, CancellationToken ct)
    {
        foreach (var target in targets.Where(target => target.Writes.Count > 0 && target.Shapes.Count > 1).Take(MostCut))
        {
            if (context.Clock.IsUp) return;
            var trial = await CutAsync(target);
            if (trial.Died) await recovery.FailAsync(target, trial.Exchange, "a connection that was lost within a request", ct);
            else if (trial.Status != 0) failures.Add(target, trial.Exchange, "where its connection is lost", async () => (await CutAsync(target)).Exchange);
        }

        await failures.SettleAsync(ct);
        await recovery.WaitAsync(targets, "connections that were lost", ct);

        async Task<Trial> CutAsync(Target target)
        {
            using var cut = context.Wire.Kill(KillMoment.BeforeStatement, ErrorFindings.Only(target.Shapes[^1]));
            return await bench.TryAsync(target.Call, target.Who, ct, withLog: true);
        }
    }

    /// <summary>What a firewall does to connections that nobody uses.</summary>
    public async Task CutIdleAsync(IReadOnlyList<Target> targets, CancellationToken ct)
    {
        if (context.Wire.KillIdle() > 0 && targets.Count > 0) await recovery.WaitAsync(targets, "idle connections that were lost", ct);
    }
}

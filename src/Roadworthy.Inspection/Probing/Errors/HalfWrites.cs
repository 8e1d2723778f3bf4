using System.Globalization;
using Roadworthy.Inspection.Data;
using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Findings;

namespace Roadworthy.Inspection.Probing.Errors;

/// <summary>RW456: what a request that failed has left of itself in the tables that it writes to where it succeeds.</summary>
internal sealed class HalfWrites(ProbeContext context, Bench bench, Failures failures, IReadOnlyList<Target> all)
{
    public async Task TryAsync(Target target, CancellationToken ct)
    {
        if (target.Normal.Delta.IsEmpty) return;
        var second = SentLines.Of(target.Call) is { } lines ? lines.With([lines.Reference.Value, Constraints.Missing(null, lines.Reference.Value).ToString()]) : null;
        if (second is not null) await JudgeAsync(target, "the second of two lines names what does not exist", () => bench.TryAsync(second, target.Who, ct, withLog: true));
        var writes = target.Writes;
        if (writes.Count > 1)
        {
            // The last one fails: whatever of the others is still there then was not one with it.
            var trial = await FailAsync(target, ct);
            var hasFailed = trial.Statements.Any(statement => !statement.Error.IsNone);
            if (hasFailed && !trial.Succeeded) failures.Add(target, trial.Exchange, "where one of its statements is cancelled", async () => (await FailAsync(target, ct)).Exchange);
            if (hasFailed) await JudgeAsync(target, "its last write fails", () => FailAsync(target, ct), trial);
        }

        context.Results.Pass(ErrorRules.PoisonRow, target.Operation, writes.Count > 1 || second is not null ? "Where it failed in the middle it left nothing." : "It writes with one statement.");
        if (context.Results.All.Any(result => result.Rule == ErrorRules.PoisonRow.Id && result.Endpoint == target.Operation.Key && result.Findings.Count > 0) && writes.Count > 1) await ShowAsync(target, ct);
    }

    private async Task<Trial> FailAsync(Target target, CancellationToken ct)
    {
        using var fault = context.Wire.Fail("57014", $"{ErrorFindings.Canary}: canceling statement", ErrorFindings.Only(target.Writes[^1]));
        return await bench.TryAsync(target.Call, target.Who, ct, withLog: true);
    }

    /// <summary>Of a trial that was meant to fail, and is done again where it left something: that has to be left each time.</summary>
    /// <param name="tried">What came of it the first time, where it was done already.</param>
    public async Task JudgeAsync(Target target, string what, Func<Task<Trial>> tryAsync, Trial? tried = null)
    {
        var first = tried ?? await tryAsync();
        if (Left(target, first).IsEmpty) return;
        // Who gave no answer in time may have done all of it later.
        var trial = first is { Status: 0, Died: false } ? first : await tryAsync();
        var left = Left(target, trial);
        if (trial is { Status: 0, Died: false })
        {
            context.Results.Inconclusive(ErrorRules.PoisonRow, target.Operation, $"Where {what}, no answer came in time: {trial.Exchange.Failure} Whether it had failed, with what it left, is not known.");
            return;
        }

        if (left.IsEmpty || !left.Tables.Select(delta => delta.Table.Quoted).ToHashSet(StringComparer.Ordinal).SetEquals(Left(target, first).Tables.Select(delta => delta.Table.Quoted))) return;
        context.Results.Add(ErrorFindings.Of(
            context, ErrorRules.PoisonRow, target, Verdict.Fail, $"Answers {Status(trial)} where {what}, and leaves {string.Join(", ", left.Tables.Select(Told))}", string.Join(",", left.Tables.Select(delta => delta.Table.ToString()).Order(StringComparer.Ordinal)), trial.Exchange,
            [
                context.Evidence.Of("What was asked", trial.Exchange),
                new ComparisonEvidence("What it left behind", ["nothing"], [.. left.Tables.Select(Told)]),
                context.Evidence.Statements("What it asked the database", trial.Statements, shape => trial.Statements.Any(each => each.Shape == shape && !each.Error.IsNone) ? "failed" : null),
            ]));
    }

    private static StateDelta Left(Target target, Trial trial) =>
        trial.Succeeded ? StateDelta.None : trial.Delta.Where(delta => !Bookkeeping.Is(delta.Table.Name) && target.Normal.Delta.Of(delta.Table) is not null);

    /// <summary>What a row that is half made does to the list that it stands in.</summary>
    private async Task ShowAsync(Target target, CancellationToken ct)
    {
        if (all.FirstOrDefault(each => each.Operation.Method == "GET" && each.Operation.Path == target.Operation.Path) is not { } list) return;
        using (context.Wire.Fail("57014", $"{ErrorFindings.Canary}: canceling statement", ErrorFindings.Only(target.Writes[^1])))
            await context.Setup.Driver.TryAsync(target.Call, target.Who, ct);
        var shown = await context.Setup.Driver.TryAsync(list.Call, list.Who, ct);
        await bench.TakeBackAsync(ct);
        if (shown.Status < 500) return;
        context.Results.Add(ErrorFindings.Of(
            context, ErrorRules.PoisonRow, target, Verdict.Fail, $"After it failed in the middle, {list.Operation.Key} answers {shown.Status} to everybody", "list", shown,
            [context.Evidence.Of("The list afterwards", shown), context.Evidence.Of("The list before", list.Normal.Exchange)]));
    }

    private static string Status(Trial trial) => trial.Status == 0 ? "nothing" : trial.Status.ToString(CultureInfo.InvariantCulture);

    private static string Told(TableDelta delta)
    {
        var (more, less) = (delta.Added.Count, delta.Removed.Count);
        var changed = Math.Min(more, less);
        return $"{delta.Table}: " + string.Join(", ", new[] { (Math.Max(more - changed, 0), "more"), (Math.Max(less - changed, 0), "fewer"), (changed, "changed") }.Where(each => each.Item1 > 0).Select(each => $"{each.Item1} row{(each.Item1 == 1 ? "" : "s")} {each.Item2}"));
    }
}

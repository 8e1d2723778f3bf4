using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Data;
using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Findings;

namespace Roadworthy.Inspection.Probing.Races;

/// <summary>RW356: the same create, sent again as clients do that got no answer. No race: one after the other.</summary>
internal sealed class RepeatRule(RaceGround ground)
{
    private readonly ProbeContext _context = ground.Context;
    private readonly KeyHints _keys = new(ground.Context);

    public async Task ReportAsync(CaseOutcome outcome, CancellationToken ct)
    {
        var (shot, serial) = (outcome.Case.A, outcome.Serial);
        if (shot.Operation.Method != "POST" || !serial.IsSame || !serial.OnlyA.Succeeded(0) || serial.OnlyA.Delta.IsEmpty || IsSignIn(shot.Operation)) return;
        if (Doubled(serial.OnlyA.Delta, serial.InOrder) is not { } twice) Passed(shot.Operation, serial.InOrder);
        else if (_keys.IsDeclared) Found(outcome, serial.InOrder, twice, KeyHints.Declares(shot.Operation));
        else if (_keys.Spoken is { } spoken) await WithKeyAsync(outcome, spoken, ct);
        else _context.Results.Pass(RaceRules.RepeatMakesTwo, RuleResult.Everywhere, "A create that is sent again makes another, as it says: nothing in the description or in any answer speaks of an Idempotency-Key.");
    }

    /// <summary>Nobody has said which operations heed a key: it is tried.</summary>
    private async Task WithKeyAsync(CaseOutcome outcome, string spoken, CancellationToken ct)
    {
        var shot = outcome.Case.A;
        var keyed = shot with { Request = shot.Request.With(KeyHints.Header, Dice.For(_context.Seed, shot.Operation.Key, "repeat").Uuid().ToString()) };
        var run = await ground.SerialAsync(TimeSpan.Zero, [keyed, keyed], ct);
        if (!run.Succeeded(0)) return;
        if (Doubled(outcome.Serial.OnlyA.Delta, run) is { } twice) Found(outcome, run, twice, isDeclared: false, spoken);
        else Passed(shot.Operation, run);
    }

    private void Passed(ApiOperation operation, SerialRun run) =>
        _context.Results.Pass(RaceRules.RepeatMakesTwo, operation, $"Sent twice, it answered {run.Answers[0].Status} and {run.Answers[1].Status}, and nothing was made twice.");

    /// <summary>The first table that has twice as many new rows after two as after one.</summary>
    private static Table? Doubled(StateDelta once, SerialRun both) => !both.Succeeded(1) ? null : once.Tables
        .FirstOrDefault(table => table.Removed.Count == 0 && table.Added.Count > 0 && both.Delta.Of(table.Table) is { Removed.Count: 0 } two && two.Added.Count == 2 * table.Added.Count)?.Table;

    private void Found(CaseOutcome outcome, SerialRun run, Table table, bool isDeclared, string? spoken = null)
    {
        var operation = outcome.Case.A.Operation;
        var twice = $"{(isDeclared || spoken is not null ? "Sent twice with one Idempotency-Key" : "Sent twice")}, it answered {run.Answers[0].Status} and {run.Answers[1].Status}, and made two rows of {table}.";
        _context.Results.Add(new Finding
        {
            Rule = RaceRules.RepeatMakesTwo.Id,
            Endpoint = operation.Key,
            Verdict = isDeclared ? Verdict.Fail : Verdict.Advisory,
            Summary = isDeclared ? twice : spoken is not null ? $"{twice} {spoken} speaks of such a key." : $"{twice} Other operations of this API take an Idempotency-Key; this one does not.",
            Fingerprint = table.ToString(),
            Evidence = [_context.Evidence.Of("The first", run.Answers[0]), _context.Evidence.Of("The same again", run.Answers[1])],
            Commands = [_context.Evidence.Curl(run.Answers[0]), _context.Evidence.Curl(run.Answers[1])],
            Recipe = $"{RaceProbe.ProbeName} {outcome.Case.Kind} {operation.Key}",
        });
    }

    /// <summary>Each log-in makes a session, and should.</summary>
    private bool IsSignIn(ApiOperation operation)
    {
        var shapes = AuthShapes.Of(_context.Setup.Description);
        return shapes.LogIn.Contains(operation) || shapes.Refresh.Contains(operation) || shapes.SignUp.Contains(operation) || AuthShapes.IsDangerous(operation);
    }
}

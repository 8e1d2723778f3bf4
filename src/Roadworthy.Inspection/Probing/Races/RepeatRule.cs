using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Data;
using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Findings;

namespace Roadworthy.Inspection.Probing.Races;

/// <summary>RW356: the same create, sent again as clients do that got no answer. No race: one after the other.</summary>
internal sealed class RepeatRule(ProbeContext context)
{
    private readonly bool _apiHasKeys = context.Operations.Any(Declares);

    public void Report(CaseOutcome outcome)
    {
        var (operation, serial) = (outcome.Case.A.Operation, outcome.Serial);
        if (operation.Method != "POST" || !serial.IsSame || !serial.OnlyA.Succeeded(0) || serial.OnlyA.Delta.IsEmpty || IsSignIn(operation)) return;
        var twice = serial.InOrder.Succeeded(1) ? Doubled(serial.OnlyA.Delta, serial.InOrder.Delta) : null;
        if (twice is null) context.Results.Pass(RaceRules.RepeatMakesTwo, operation, $"Sent twice, it answered {serial.InOrder.Answers[0].Status} and {serial.InOrder.Answers[1].Status}, and nothing was made twice.");
        else if (_apiHasKeys) context.Results.Add(Found(outcome, twice));
        else context.Results.Inconclusive(RaceRules.RepeatMakesTwo, operation, $"Sent twice, it makes two rows of {twice}. The API declares no Idempotency-Key anywhere, so whether that is meant can't be told from outside.");
    }

    /// <summary>The first table that has twice as many new rows after two as after one.</summary>
    private static Table? Doubled(StateDelta once, StateDelta twice) => once.Tables
        .FirstOrDefault(table => table.Removed.Count == 0 && table.Added.Count > 0 && twice.Of(table.Table) is { Removed.Count: 0 } both && both.Added.Count == 2 * table.Added.Count)?.Table;

    private Finding Found(CaseOutcome outcome, Table table)
    {
        var (operation, run) = (outcome.Case.A.Operation, outcome.Serial.InOrder);
        var declared = Declares(operation);
        return new Finding
        {
            Rule = RaceRules.RepeatMakesTwo.Id,
            Endpoint = operation.Key,
            Verdict = declared ? Verdict.Fail : Verdict.Advisory,
            Summary = declared
                ? $"Sent twice with one Idempotency-Key, it answered {run.Answers[0].Status} and {run.Answers[1].Status}, and made two rows of {table}."
                : $"Sent twice, it makes two rows of {table}. Other operations of this API take an Idempotency-Key; this one does not.",
            Fingerprint = table.ToString(),
            Evidence = [context.Evidence.Of("The first", run.Answers[0]), context.Evidence.Of("The same again", run.Answers[1])],
            Commands = [context.Evidence.Curl(run.Answers[0]), context.Evidence.Curl(run.Answers[1])],
            Recipe = $"{RaceProbe.ProbeName} {outcome.Case.Kind} {operation.Key}",
        };
    }

    private static bool Declares(ApiOperation operation) =>
        operation.Parameters.Any(parameter => parameter.Place is ParameterPlace.Header && parameter.Name.Equals("Idempotency-Key", StringComparison.OrdinalIgnoreCase));

    /// <summary>Each log-in makes a session, and should.</summary>
    private bool IsSignIn(ApiOperation operation)
    {
        var shapes = AuthShapes.Of(context.Setup.Description);
        return shapes.LogIn.Contains(operation) || shapes.Refresh.Contains(operation) || shapes.SignUp.Contains(operation) || AuthShapes.IsDangerous(operation);
    }
}

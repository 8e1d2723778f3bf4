using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Findings;

namespace Roadworthy.Inspection.Probing.Races;

/// <summary>Says of a case's endpoint what came of it.</summary>
internal sealed class RaceReporter(RaceGround ground)
{
    private readonly ProbeContext _context = ground.Context;
    private readonly RaceEvidence _evidence = new(ground.Context);

    public void Report(CaseOutcome outcome)
    {
        var operation = outcome.Case.A.Operation;
        if (outcome.Loss is { } loss) ReportLoss(outcome, loss);
        else if (outcome.Missing is { } missing) All(operation, (rule, results) => results.Inconclusive(rule, operation, missing));
        else if (outcome.Serial.OnlyA.Delta.IsEmpty) All(operation, (rule, results) => results.Pass(rule, operation, "It left everything in the database as it was, so nothing can be lost."));
        else if (outcome.Reached == 0) All(operation, (rule, results) => results.Inconclusive(rule, operation, "It could not be held at any of its writes: what it writes is hidden in a function or a pooler, or it answered nothing that counts."));
        else Held(outcome, operation);
        if (outcome.Crash is { } crash) ReportCrash(outcome, crash);
    }

    /// <summary>Nothing could be tried, and why.</summary>
    public void Inconclusive(ApiOperation operation, string reason) => All(operation, (rule, results) => results.Inconclusive(rule, operation, reason));

    private void Held(CaseOutcome outcome, ApiOperation operation)
    {
        var reason = $"Held at {outcome.Reached} {(outcome.Reached == 1 ? "point" : "points")} while another ran to its end{(ground.HasTwo ? ", on another instance" : "")}: the state was one that some order of the two leads to.";
        _context.Results.Pass(RaceRules.LostUpdate, operation, reason);
        if (outcome.Crash is null) _context.Results.Pass(RaceRules.ConflictAs500, operation, "Neither of two at once was answered with 500.");
        if (ground.HasTwo) _context.Results.Pass(RaceRules.OneInstanceOnly, operation, reason);
        else _context.Results.Inconclusive(RaceRules.OneInstanceOnly, RuleResult.Everywhere, "No second instance of the backend came up beside the first in time: its port has to be tellable (PORT).");
    }

    private void ReportLoss(CaseOutcome outcome, TrialRun loss)
    {
        var rule = outcome.HoldsOnOne ? RaceRules.OneInstanceOnly : RaceRules.LostUpdate;
        var (both, expected) = (Driving.Success.Is(loss.A) && Driving.Success.Is(loss.B!), outcome.Serial.InOrder);
        var actual = string.Join(", ", RaceEvidence.Describe(loss.Delta, outcome.Serial.Signatures).Take(3));
        var serial = string.Join(", ", RaceEvidence.Describe(expected.Delta, outcome.Serial.Signatures).Take(3));
        var summary = actual == serial
            ? $"{Who(outcome)}: {loss.A.Status} and {loss.B!.Status}, and one of the two has left nothing ({Answers(expected)} one after the other)."
            : $"{Who(outcome)}: {loss.A.Status} and {loss.B!.Status}, and then {actual}; one after the other {Answers(expected)}, and {serial}.";
        if (outcome.HoldsOnOne) summary = $"On two instances: {summary}";
        Add(outcome, rule, loss, summary, both ? "both" : "state");
        var other = outcome.HoldsOnOne ? RaceRules.LostUpdate : RaceRules.OneInstanceOnly;
        _context.Results.Pass(other, outcome.Case.A.Operation, outcome.HoldsOnOne ? "One instance keeps the two apart; RW355 has what two do." : "It is no different with one instance: RW350 has it.");
        if (outcome.Crash is null) _context.Results.Pass(RaceRules.ConflictAs500, outcome.Case.A.Operation, "Neither of two at once was answered with 500.");
    }

    private void ReportCrash(CaseOutcome outcome, TrialRun crash)
    {
        var error = crash.Statements.Where(statement => statement.Outcome == Wire.StatementOutcome.Failed).Select(statement => statement.Error.ToString()).FirstOrDefault();
        var summary = $"{Who(outcome)}: {crash.A.Status} and {crash.B!.Status}{(error is null ? "" : $", for the database's {error}")}; one after the other they are {Answers(outcome.Serial.InOrder)}.";
        Add(outcome, RaceRules.ConflictAs500, crash, summary, error ?? "none");
    }

    private void Add(CaseOutcome outcome, Rule rule, TrialRun trial, string summary, string detail) => _context.Results.Add(new Finding
    {
        Rule = rule.Id,
        Endpoint = outcome.Case.A.Operation.Key,
        // Ended twice is as good as ended once.
        Verdict = ShotMaker.IsEnd(_context, outcome.Case.A.Operation) ? Verdict.Advisory : Verdict.Fail,
        Summary = summary,
        Fingerprint = $"{outcome.Case.Kind} {detail}",
        Evidence = [.. _evidence.Of(trial, outcome.Serial.InOrder.Delta, outcome.Serial.Signatures)],
        Commands = [$"{_context.Evidence.Curl(trial.A)} &", _context.Evidence.Curl(trial.B!)],
        Recipe = $"{RaceProbe.ProbeName} {outcome.Case.Kind} {outcome.Case.A.Operation.Key}",
    });

    private void All(ApiOperation operation, Action<Rule, ProbeResults> say)
    {
        foreach (var rule in ground.HasTwo ? (Rule[])[RaceRules.LostUpdate, RaceRules.ConflictAs500, RaceRules.OneInstanceOnly] : [RaceRules.LostUpdate, RaceRules.ConflictAs500]) say(rule, _context.Results);
    }

    private static string Who(CaseOutcome outcome) => outcome.Case.Kind switch
    {
        "same" => "The same request twice at once",
        "others" => "Two people at once",
        _ => $"Beside {outcome.Case.B.Operation.Key} at once",
    };

    private static string Answers(SerialRun run) => $"{run.Answers[0].Status} and {run.Answers[1].Status}";
}

using Roadworthy.Inspection.Data;
using Roadworthy.Inspection.Driving;
using Roadworthy.Wire;

namespace Roadworthy.Inspection.Probing.Races;

/// <summary>Whether what two requests at once have left could have come of one after the other.</summary>
internal static class RaceJudge
{
    /// <summary>What a database answers with where two got in each other's way.</summary>
    private static readonly string[] Conflicts = ["23505", "23P01", "23503", "23514", "40001", "40P01", "55P03", "25P02"];

    public static Judgement Of(SerialBase serial, TrialRun trial)
    {
        if (trial.B is not { } answerB) return Judgement.NotTried;
        if (trial.A.Status is 0 or 429 || answerB.Status is 0 or 429) return Judgement.NotTried;
        var (a, b) = (Success.Is(trial.A), Success.Is(answerB));
        if (!IsSerial(serial, trial.Delta, a, b)) return Judgement.Lost;
        return IsConflictAs500(serial, trial) ? Judgement.Crashed : Judgement.Held;
    }

    private static bool IsSerial(SerialBase serial, StateDelta delta, bool a, bool b)
    {
        var state = serial.Signatures.Of(delta);
        if (a && b) return BothCount(serial, state);
        if (serial.MatchesInOrder(state) || serial.MatchesReversed(state)) return true;
        if (Matches(serial, delta, a, b)) return true;
        // Who keeps a record of failures keeps one more of it.
        var read = serial.Reads;
        bool IsNoRecord(TableDelta table) => table.Removed.Count > 0 || read.Contains(table.Table.Name);
        return Matches(serial, delta.Where(IsNoRecord), a, b, IsNoRecord);
    }

    /// <summary>Two successes: both have to be seen, unless the second of two in a row would have been told that it succeeded without being so.</summary>
    private static bool BothCount(SerialBase serial, string state)
    {
        var isInOrder = serial.MatchesInOrder(state);
        var isReversed = serial.MatchesReversed(state);
        if ((isInOrder && serial.InOrder.Succeeded(1)) || (isReversed && serial.Reversed.Succeeded(1))) return true;
        // One after the other the second is refused. That both are told of one and the same effect does no harm; of another's, one of them is misled.
        return (isInOrder || isReversed) && serial.Signatures.Of(serial.OnlyA.Delta) == serial.Signatures.Of(serial.OnlyB.Delta);
    }

    private static bool Matches(SerialBase serial, StateDelta delta, bool a, bool b, Func<TableDelta, bool>? kept = null)
    {
        var state = serial.Signatures.Of(delta);
        string Expected(StateDelta of) => serial.Signatures.Of(kept is null ? of : of.Where(kept));
        if (!b && state == Expected(serial.OnlyA.Delta)) return true;
        if (!a && state == Expected(serial.OnlyB.Delta)) return true;
        return !a && !b && state == Expected(StateDelta.None);
    }

    private static bool IsConflictAs500(SerialBase serial, TrialRun trial)
    {
        if (trial.A.Status != 500 && trial.B!.Status != 500) return false;
        if (serial.InOrder.Answers.Concat(serial.Reversed.Answers).Any(answer => answer.Status >= 500)) return false;
        // An error that stands for having been held for long is ours.
        if (trial.End is TrialEnd.Stuck or TrialEnd.TimedOut) return false;
        var errors = trial.Statements.Where(statement => statement.Outcome == StatementOutcome.Failed).Select(statement => statement.Error.ToString()).ToList();
        return errors.Count == 0 || errors.Exists(error => Conflicts.Contains(error, StringComparer.Ordinal));
    }
}

/// <summary>What one trial shows.</summary>
internal enum Judgement
{
    /// <summary>A was not held, or somebody gave no answer that counts.</summary>
    NotTried,

    /// <summary>A state that some order leads to.</summary>
    Held,

    /// <summary>Such a state, but a client was told that the server has failed.</summary>
    Crashed,

    /// <summary>A state that no order leads to.</summary>
    Lost,
}

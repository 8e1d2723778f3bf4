using Roadworthy.Wire;

namespace Roadworthy.Inspection.Probing.Races;

/// <summary>Two requests that are tried against one another at every point where that may matter, until something is found or all is tried.</summary>
/// <param name="kind">What tells it from the endpoint's other cases: <c>same</c>, <c>others</c>, or the other endpoint.</param>
internal sealed class RaceCase(RaceGround ground, Shot a, Shot b, string kind)
{
    public string Kind => kind;

    public Shot A => a;

    public Shot B => b;

    /// <param name="onlyA">What A alone leads to, where that is known.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<CaseOutcome> RunAsync(SerialRun? onlyA, CancellationToken ct)
    {
        var serial = await SerialBase.MeasureAsync(ground, a, b, onlyA, ct);
        var outcome = new CaseOutcome(this, serial);
        if (!serial.OnlyA.Succeeded(0)) return outcome with { Missing = $"It works no more: {serial.OnlyA.Answers[0].Status}." };
        if (serial.OnlyA.Delta.IsEmpty) return outcome;
        if (!serial.InOrder.Succeeded(0)) return outcome with { Missing = $"Its rows were put back, and it answered {serial.InOrder.Answers[0].Status}: what it used up or ended is kept elsewhere than in the database too, so that it can't be done again from the same state." };
        if (!serial.IsStable) await serial.ExtendAsync(ct);
        if (!serial.IsStable) return outcome with { Missing = "One after the other, the same requests lead to another state each time: nothing can be compared with it." };
        foreach (var at in HoldAt.Of(serial.OnlyA.Statements))
        {
            if (ground.Context.Clock.IsUp) return outcome with { Missing = ground.Context.Clock.Reason };
            var (judgement, trial) = await TwiceAsync(serial, at, ct);
            if (judgement == Judgement.NotTried) continue;
            outcome = outcome with { Reached = outcome.Reached + 1 };
            if (judgement == Judgement.Crashed) outcome = outcome with { Crash = outcome.Crash ?? trial };
            if (judgement == Judgement.Lost) return outcome with { Loss = trial, HoldsOnOne = await HoldsOnOneAsync(serial, at, ct) };
            if (!serial.IsStable) return outcome with { Missing = "One after the other, the same requests lead to another state from second to second: nothing can be compared with it." };
        }

        return outcome;
    }

    /// <summary>What looks like a fault has to be there a second time, and against more of what is right.</summary>
    private async Task<(Judgement, TrialRun)> TwiceAsync(SerialBase serial, HoldAt at, CancellationToken ct)
    {
        var forced = new ForcedTrial(ground, a, b, serial.Time);
        var first = await forced.RunAsync(at, ground.HasTwo, ct);
        var judgement = RaceJudge.Of(serial, first);
        if (judgement is Judgement.Held or Judgement.NotTried) return (judgement, first);
        var second = await forced.RunAsync(at, ground.HasTwo, ct);
        if (RaceJudge.Of(serial, second) != judgement) return (Judgement.Held, first);
        await serial.ExtendAsync(ct);
        if (!serial.IsStable) return (Judgement.Held, first);
        judgement = RaceJudge.Of(serial, first);
        return RaceJudge.Of(serial, second) == judgement ? (judgement, first) : (Judgement.Held, first);
    }

    /// <summary>Whether one instance keeps the two apart, where two did not.</summary>
    private async Task<bool> HoldsOnOneAsync(SerialBase serial, HoldAt at, CancellationToken ct)
    {
        if (!ground.HasTwo) return false;
        for (var n = 0; n < 2; n++)
            if (RaceJudge.Of(serial, await new ForcedTrial(ground, a, b, serial.Time).RunAsync(at, toSecond: false, ct)) is Judgement.Lost or Judgement.NotTried) return false;
        return true;
    }
}

/// <param name="Serial">What is right.</param>
internal sealed record CaseOutcome(RaceCase Case, SerialBase Serial)
{
    /// <summary>Points at which A was held.</summary>
    public int Reached { get; init; }

    /// <summary>A state that no order leads to; null where there was none.</summary>
    public TrialRun? Loss { get; init; }

    /// <summary>Whether that is so only where B is on another instance.</summary>
    public bool HoldsOnOne { get; init; }

    /// <summary>A conflict that was answered with 500; null where there was none.</summary>
    public TrialRun? Crash { get; init; }

    /// <summary>What was missing for an answer; null where nothing was.</summary>
    public string? Missing { get; init; }
}

using Roadworthy.Inspection.Data;
using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Findings;

namespace Roadworthy.Inspection.Probing.Races;

/// <summary>RW352 to RW354: one refresh token in several hands at once, and one that is used again.</summary>
internal sealed class RefreshTrials(RaceGround ground, Shot shot)
{
    private const int Callers = 20;

    private readonly ProbeContext _context = ground.Context;
    private readonly RefreshToken? _token = RefreshToken.In(shot);
    private TimeSpan _time;

    public async Task RunAsync(CancellationToken ct)
    {
        if (_token is null)
        {
            Inconclusive("No refresh token stands in its request, so there is nothing to use twice.");
            return;
        }

        var first = await ground.SerialAsync(TimeSpan.Zero, [shot], ct);
        if (!first.Succeeded(0))
        {
            Inconclusive($"It works no more: {first.Answers[0].Status}.");
            return;
        }

        if ((await ground.SerialAsync(TimeSpan.Zero, [_token.Replaced("rw-no-such-token")], ct)).Succeeded(0))
        {
            Inconclusive("It answers alike for a token that nobody has issued.");
            return;
        }

        var reuse = await ReuseAsync(TimeSpan.Zero, ct);
        // Tokens that are made of the time are alike within a second.
        if (reuse is { AllWork: true, IsStateless: true, Tokens: < 3 }) reuse = await ReuseAsync(TimeSpan.FromSeconds(1.05), ct);
        if (_token.SuccessorIn(first.Answers[0]) is not { } successor || successor == _token.Value)
        {
            Never(reuse, first);
            return;
        }

        // An instance that has just started is slow the first time; it must not look stuck.
        var warm = await ground.SerialAsync(TimeSpan.Zero, [shot, shot], ct);
        _time = warm.Answers.Max(answer => answer.Elapsed);
        await AtOnceAsync(first, reuse, new Tally { FailsAnyway = warm.Answers.Any(answer => answer.Status >= 500) }, ct);
    }

    /// <summary>Uses it, then what came of it, then it again.</summary>
    private async Task<Reuse> ReuseAsync(TimeSpan gap, CancellationToken ct)
    {
        var answers = new List<Exchange> { await ground.SendAsync(shot, toSecond: false, ct) };
        var next = _token!.SuccessorIn(answers[0]) is { } successor && successor != _token.Value ? _token.Replaced(successor) : null;
        foreach (var use in new[] { next, shot, shot }.OfType<Shot>())
        {
            await Task.Delay(gap, ct);
            answers.Add(await ground.SendAsync(use, toSecond: false, ct));
        }

        var delta = await ground.TakeBackAsync(ct);
        foreach (var answer in answers) _context.Scrubber.Add(_token.SuccessorIn(answer));
        return new Reuse(answers, answers.TrueForAll(Success.Is), answers.Select(_token.SuccessorIn).OfType<string>().Distinct(StringComparer.Ordinal).Count(), delta.IsEmpty);
    }

    private void Never(Reuse reuse, SerialRun first)
    {
        const string Reason = "The token is never replaced, so that nothing can be signed out or multiplied by using it.";
        _context.Results.Pass(RaceRules.RefreshRace, shot.Operation, Reason);
        _context.Results.Pass(RaceRules.RefreshBranches, shot.Operation, Reason);
        if (reuse.AllWork) Add(RaceRules.RefreshForEver, Verdict.Advisory, $"{reuse.Answers.Count} uses of one token, each answered {first.Answers[0].Status}: it is not replaced, and works until it expires.", "never replaced", Shown(reuse));
        else _context.Results.Pass(RaceRules.RefreshForEver, shot.Operation, "Used again, it is refused.");
    }

    private async Task AtOnceAsync(SerialRun first, Reuse reuse, Tally tally, CancellationToken ct)
    {
        // Good for ever without anybody at once: that is another fault, and the branches come of it.
        var isForEver = reuse is { AllWork: true, Tokens: > 2 };
        if (isForEver)
            Add(RaceRules.RefreshForEver, reuse.IsStateless ? Verdict.Fail : Verdict.Advisory, $"A token that had been replaced, and whose successor had been used, was accepted {reuse.Answers.Count - 2} times more, each time for another one{(reuse.IsStateless ? "; nothing of it is kept, so none can be ended" : "")}.", "replaced and good", Shown(reuse));
        else _context.Results.Pass(RaceRules.RefreshForEver, shot.Operation, reuse.AllWork ? "Used again, it leads to the same successor." : "Used again after its successor, it is refused.");

        foreach (var at in HoldAt.Of(first.Statements))
        {
            if (_context.Clock.IsUp || tally.Dead is not null) break;
            await ForcedAsync(at, tally, ct);
        }

        if (tally.Dead is null && !_context.Clock.IsUp) await ManyAsync(tally, ct);
        Conclude(tally, isForEver);
    }

    private async Task ForcedAsync(HoldAt at, Tally tally, CancellationToken ct)
    {
        var (trial, seen) = await TryAsync(at, ct);
        if (seen is null) return;
        tally.Trials++;
        var hasCrashed = HasCrashed(trial) && !tally.FailsAnyway;
        if (seen.IsFine && seen.Branches < 2 && !hasCrashed) return;
        var (next, again) = await TryAsync(at, ct);
        if (hasCrashed && HasCrashed(next)) tally.Crashed ??= trial;
        if (again is null || again.IsFine != seen.IsFine || again.Branches != seen.Branches) return;
        if (!seen.IsFine) tally.Dead ??= (seen, trial);
        else if (seen.Branches > 1) tally.Branched ??= (seen, trial);
    }

    private static bool HasCrashed(TrialRun trial) => trial.End is TrialEnd.Passed or TrialEnd.Blocked && (trial.A.Status == 500 || trial.B?.Status == 500);

    private async Task<(TrialRun Trial, Seen? Seen)> TryAsync(HoldAt at, CancellationToken ct)
    {
        Seen? seen = null;
        var trial = await new ForcedTrial(ground, shot, shot, _time).RunAsync(at, ground.HasTwo, ct, async (a, b) => seen = await LookAsync([a, b], ct));
        return (trial, trial.B is null ? null : seen);
    }

    private async Task ManyAsync(Tally tally, CancellationToken ct)
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(at => ground.SendAsync(shot, toSecond: at % 2 == 1, ct)));
        await ground.QuietAsync(ct);
        tally.Many = await LookAsync(answers, ct);
        await ground.TakeBackAsync(ct);
    }

    /// <summary>Which of the tokens that were given out is still good: each is tried from the state as it is now.</summary>
    private async Task<Seen?> LookAsync(Exchange[] answers, CancellationToken ct)
    {
        if (answers.Any(answer => answer.Status is 0 or 429)) return null;
        var given = answers.Where(Success.Is).Select(_token!.SuccessorIn).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        foreach (var token in given) _context.Scrubber.Add(token);
        var now = await ground.State.AgainAsync(ct);
        var good = 0;
        foreach (var token in given)
        {
            if (Success.Is(await ground.SendAsync(_token.Replaced(token), toSecond: false, ct))) good++;
            await ground.QuietAsync(ct);
            await now.RestoreAsync(ct);
        }

        return new Seen(answers.Length, answers.Count(Success.Is), given.Count, good);
    }

    private void Conclude(Tally tally, bool isForEver)
    {
        if (tally is { Trials: 0, Many: null })
        {
            Inconclusive("It could not be held at any of its writes, and many at once gave no answers that count.", RaceRules.RefreshRace, RaceRules.RefreshBranches);
            return;
        }

        if (tally.Crashed is { } crash) Add(RaceRules.ConflictAs500, Verdict.Fail, $"Two refreshes at once: {crash.A.Status} and {crash.B!.Status}; one after the other there is no 500.", "refresh", Shown(crash));
        else _context.Results.Pass(RaceRules.ConflictAs500, shot.Operation, "Neither of two at once was answered with 500.");
        if (tally.Dead is { } dead) Add(RaceRules.RefreshRace, Verdict.Fail, $"Two refreshes at once: {dead.Seen}", "dead", [.. Shown(dead.Trial)]);
        else if (tally.Many is { IsFine: false } many) Add(RaceRules.RefreshRace, Verdict.Fail, $"{Callers} refreshes at once: {many}", "dead", [new PlacesEvidence($"{Callers} at once", [many.ToString()])]);
        else _context.Results.Pass(RaceRules.RefreshRace, shot.Operation, $"Held at {tally.Trials} points, and {Callers} at once{(tally.Many is { } all ? $": {all}" : ".")}");

        var branched = tally.Branched?.Seen ?? (tally.Many is { Branches: > 1 } spread ? spread : null);
        if (isForEver) _context.Results.Pass(RaceRules.RefreshBranches, shot.Operation, "It is good for many one after the other too: RW354 has it.");
        else if (tally.Dead is not null || tally.Many is { IsFine: false }) _context.Results.Pass(RaceRules.RefreshBranches, shot.Operation, "Those at once end each other's tokens: RW352 has it.");
        else if (branched is not null)
            Add(RaceRules.RefreshBranches, Verdict.Fail, $"{branched.Callers} refreshes at once: {branched}", "branches", tally.Branched is { } trial ? Shown(trial.Trial) : [new PlacesEvidence($"{Callers} at once", [branched.ToString()])]);
        else _context.Results.Pass(RaceRules.RefreshBranches, shot.Operation, "Of those at once, never more than one line of tokens was good.");
    }

    private IReadOnlyList<Evidence> Shown(TrialRun trial) => [new RaceEvidence(_context).Interleaving(trial), _context.Evidence.Of("A, which was held", trial.A), _context.Evidence.Of("B, meanwhile", trial.B!)];

    private IReadOnlyList<Evidence> Shown(Reuse reuse) => [.. reuse.Answers.Select((answer, at) => _context.Evidence.Of($"Use {at + 1}", answer))];

    private void Add(Rule rule, Verdict verdict, string summary, string fingerprint, IReadOnlyList<Evidence> evidence) => _context.Results.Add(new Finding
    {
        Rule = rule.Id,
        Endpoint = shot.Operation.Key,
        Verdict = verdict,
        Summary = summary,
        Fingerprint = fingerprint,
        Evidence = evidence,
        Commands = [Curl + " &", Curl],
        Recipe = $"{RaceProbe.ProbeName} refresh {shot.Operation.Key}",
    });

    private string Curl => _context.Scrubber.Scrub(CurlLine.Of(_context.Setup.Driver.Client.Target, shot.Request));

    private void Inconclusive(string reason, params Rule[] rules)
    {
        foreach (var rule in rules.Length > 0 ? rules : [RaceRules.RefreshRace, RaceRules.RefreshBranches, RaceRules.RefreshForEver]) _context.Results.Inconclusive(rule, shot.Operation, reason);
    }

    /// <param name="Tokens">Different ones that were given.</param>
    /// <param name="IsStateless">Whether all of it has left nothing in the database.</param>
    private sealed record Reuse(List<Exchange> Answers, bool AllWork, int Tokens, bool IsStateless);

    /// <summary>What several at once got.</summary>
    /// <param name="Answered">With a success.</param>
    /// <param name="Given">Different tokens.</param>
    /// <param name="Branches">Of them still good.</param>
    private sealed record Seen(int Callers, int Answered, int Given, int Branches)
    {
        /// <summary>Whoever was given a token can use it, and somebody was.</summary>
        public bool IsFine => Answered > 0 && Branches == Given && Given > 0;

        public override string ToString() => $"{Answered} of {Callers} succeeded, with {Given} different {(Given == 1 ? "token" : "tokens")}, of which {Branches} {(Branches == 1 ? "is" : "are")} still good.";
    }

    private sealed class Tally
    {
        public int Trials { get; set; }

        /// <summary>One after the other one of them is answered with 500 too.</summary>
        public bool FailsAnyway { get; init; }

        public TrialRun? Crashed { get; set; }

        public (Seen Seen, TrialRun Trial)? Dead { get; set; }

        public (Seen Seen, TrialRun Trial)? Branched { get; set; }

        public Seen? Many { get; set; }
    }
}

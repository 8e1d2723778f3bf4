using Npgsql;
using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Findings;
using Roadworthy.Wire;

namespace Roadworthy.Inspection.Probing.Races;

/// <summary>All requests, made beforehand, on one state that each of them works from; and the cases that come of them, the most telling first.</summary>
internal sealed class RaceStage : IAsyncDisposable
{
    private readonly ProbeContext _context;
    private readonly RaceGround _ground;
    private readonly RaceReporter _reporter;
    private readonly RepeatRule _repeats;
    private readonly ShotMaker _maker;
    private readonly AuthShapes _shapes;
    private readonly List<Shot> _shots;
    private readonly List<Act> _acts = [];

    private RaceStage(ProbeContext context, RaceGround ground, ShotMaker maker, List<Shot> shots)
    {
        (_context, _ground, _maker, _shots) = (context, ground, maker, shots);
        (_reporter, _repeats, _shapes) = (new RaceReporter(ground), new RepeatRule(context), AuthShapes.Of(context.Setup.Description));
    }

    /// <summary>Makes the requests, then takes the state: whatever they need is in it.</summary>
    public static async Task<RaceStage> SetAsync(ProbeContext context, IReadOnlyList<ApiOperation> operations, CancellationToken ct)
    {
        var maker = new ShotMaker(context);
        var second = await SecondInstance.StartAsync(context, ct);
        // A token that nobody has used yet; and before the others are made, as a log-in may end what was before it.
        foreach (var identity in operations.Where(AuthShapes.Of(context.Setup.Description).Refresh.Contains).Select(context.WhoCan).OfType<Identity>().Where(identity => identity.Credentials.Count > 0).Distinct())
            await context.Setup.Accounts.LogInAsync(identity, null, ct);
        var shots = new List<Shot>();
        foreach (var operation in operations)
        {
            if (await maker.MakeAsync(operation, ct) is { } shot) shots.Add(shot);
            else foreach (var rule in (Rule[])[RaceRules.LostUpdate, RaceRules.ConflictAs500]) context.Results.Inconclusive(rule, operation, "What it needs could not be made again: somebody to ask, or something to ask for.");
        }

        return new RaceStage(context, await RaceGround.TakeAsync(context, second, ct), maker, shots);
    }

    /// <summary>RW352 to RW354.</summary>
    public async Task RefreshesAsync(CancellationToken ct)
    {
        foreach (var shot in _shots.Where(shot => _shapes.Refresh.Contains(shot.Operation)))
            await GuardAsync(shot.Operation, () => new RefreshTrials(_ground, shot).RunAsync(ct), ct);
    }

    /// <summary>Each request beside itself, and beside the same of somebody else.</summary>
    public async Task SameAsync(CancellationToken ct)
    {
        foreach (var shot in _shots.Where(shot => !_shapes.Refresh.Contains(shot.Operation)))
            await GuardAsync(shot.Operation, async () => _acts.Add(await ObserveAsync(shot, ct)), ct);
        foreach (var act in _acts.OrderByDescending(act => act.Weight))
        {
            if (_context.Clock.IsUp) _reporter.Inconclusive(act.Shot.Operation, _context.Clock.Reason);
            else await GuardAsync(act.Shot.Operation, () => BesideItselfAsync(act, ct), ct);
        }
    }

    /// <summary>Two of different endpoints where the one writes what the other reads or writes; what was found already is not looked for again.</summary>
    public async Task PairsAsync(CancellationToken ct)
    {
        if (_acts.Count == 0)
            foreach (var shot in _shots) await GuardAsync(shot.Operation, async () => _acts.Add(await ObserveAsync(shot, ct)), ct);
        var pairs = from a in _acts from b in _acts where a != b && a.Meets(b) orderby a.Weight + b.Weight descending select (a, b);
        foreach (var (a, b) in pairs)
        {
            if (_context.Clock.IsUp) return;
            if (IsFound(a.Shot.Operation) || IsFound(b.Shot.Operation)) continue;
            var kind = $"with:{Uri.EscapeDataString(b.Shot.Operation.Key)}";
            await GuardAsync(a.Shot.Operation, async () =>
            {
                var outcome = await new RaceCase(_ground, a.Shot, b.Shot, kind).RunAsync(a.Run, ct);
                if (outcome.Loss is not null || outcome.Crash is not null) _reporter.Report(outcome);
            }, ct);
        }
    }

    public ValueTask DisposeAsync() => _ground.DisposeAsync();

    private async Task<Act> ObserveAsync(Shot shot, CancellationToken ct)
    {
        var run = await _ground.SerialAsync(TimeSpan.Zero, [shot], ct);
        if (!run.Succeeded(0) && _maker.Known(shot) is { } known)
        {
            var asKnown = await _ground.SerialAsync(TimeSpan.Zero, [known], ct);
            if (asKnown.Succeeded(0)) return new Act(known, asKnown);
        }

        if (!run.Succeeded(0) && !ShotMaker.IsEnd(_context, shot.Operation) && await _maker.MakeAsync(shot.Operation, shot.Identity, ct) is { } again)
        {
            // Another one of them has used up what it needs: it gets its own, and that becomes part of the state.
            await _ground.QuietAsync(ct);
            _ground.State = await _ground.State.AgainAsync(ct);
            (shot, run) = (again, await _ground.SerialAsync(TimeSpan.Zero, [again], ct));
        }

        return new Act(shot, run);
    }

    private async Task BesideItselfAsync(Act act, CancellationToken ct)
    {
        var plain = _ground.State;
        var taken = Contention.In(act.Run.Delta);
        var other = taken.Count > 0 || ShotMaker.HasKey(act.Shot) || act.ChangesRows ? _maker.OfAnother(act.Shot) : null;
        try
        {
            // The first of two gets the last one; where the API can't do with that, there is enough for both.
            var run = act.Run;
            if (taken.Count > 0 && await Contention.MakeScarceAsync(_context.Database, taken, ct))
            {
                _ground.State = await plain.AgainAsync(ct);
                run = await _ground.SerialAsync(TimeSpan.Zero, [act.Shot], ct);
                if (!run.Succeeded(0))
                {
                    (_ground.State, run) = (plain, act.Run);
                    await plain.RestoreAsync(ct);
                }
            }

            var outcome = await new RaceCase(_ground, act.Shot, act.Shot, "same").RunAsync(run, ct);
            _reporter.Report(outcome);
            _repeats.Report(outcome);
            if (outcome.Loss is null && outcome.Missing is null && other is not null && !_context.Clock.IsUp) await BesideAnotherAsync(act, other, run, ct);
        }
        finally
        {
            _ground.State = plain;
            await plain.RestoreAsync(ct);
        }
    }

    private async Task BesideAnotherAsync(Act act, Shot other, SerialRun run, CancellationToken ct)
    {
        var alone = await _ground.SerialAsync(TimeSpan.Zero, [other], ct);
        if (!alone.Succeeded(0) || !new Act(other, alone).SharesRows(act)) return;
        var outcome = await new RaceCase(_ground, act.Shot, other, "others").RunAsync(run, ct);
        if (outcome.Loss is not null || outcome.Crash is not null) _reporter.Report(outcome);
    }

    private bool IsFound(ApiOperation operation) => _context.Results.All.Any(result => result.Endpoint == operation.Key && result.Rule == RaceRules.LostUpdate.Id && result.Findings.Count > 0);

    /// <summary>What the database refuses to the inspection itself, says so; and the next begins from the state that it should.</summary>
    private async Task GuardAsync(ApiOperation operation, Func<Task> work, CancellationToken ct)
    {
        try
        {
            await work();
        }
        catch (NpgsqlException e)
        {
            _reporter.Inconclusive(operation, $"What it had left could not be taken back: {e.Message}");
            await _ground.QuietAsync(ct);
        }
    }
}

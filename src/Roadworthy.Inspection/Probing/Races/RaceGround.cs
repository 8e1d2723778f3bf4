using Roadworthy.Inspection.Backend;
using Roadworthy.Inspection.Data;
using Roadworthy.Inspection.Driving;
using Roadworthy.Wire;

namespace Roadworthy.Inspection.Probing.Races;

/// <summary>Where races are run: one instance of the backend or two, and a state that each run begins from.</summary>
internal sealed class RaceGround : IAsyncDisposable
{
    private readonly RunningBackend? _second;
    private readonly ApiClient? _secondClient;
    private readonly Observer _observer;
    private readonly DatabaseState _root;

    private RaceGround(ProbeContext context, DatabaseState state, BlockedBackends locks, RunningBackend? second)
    {
        (Context, _root, State, Locks, _second) = (context, state, state, locks, second);
        _secondClient = second is null ? null : new ApiClient(second.Address, context.Setup.Driver.Client.Timeout);
        _observer = new Observer(context);
    }

    public ProbeContext Context { get; }

    public WireProxy Wire => Context.Wire;

    public BlockedBackends Locks { get; }

    /// <summary>What every run begins from, and is taken back to.</summary>
    public DatabaseState State { get; set; }

    public bool HasTwo => _secondClient is not null;

    /// <param name="context">What it stands on.</param>
    /// <param name="second">Another instance; null for none. It ends with the ground.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<RaceGround> TakeAsync(ProbeContext context, RunningBackend? second, CancellationToken ct)
    {
        await new Observer(context).QuietAsync(ct);
        var state = await DatabaseState.TakeAsync(context.Database, ct, context.Noise.Written);
        return new RaceGround(context, state, await BlockedBackends.OpenAsync(context.Database, ct), second);
    }

    /// <summary>Sends it, to the second instance where it is asked for and there is one.</summary>
    public Task<Exchange> SendAsync(Shot shot, bool toSecond, CancellationToken ct) =>
        (toSecond && _secondClient is not null ? _secondClient : Context.Setup.Driver.Client).SendAsync(shot.Request, shot.Identity.Name, shot.Operation, ct);

    public Task QuietAsync(CancellationToken ct) => _observer.QuietAsync(ct);

    /// <summary>Requests one after the other, each when nothing of the one before is under way; then everything as it was.</summary>
    /// <param name="gap">Waits between them, so that what holds only seconds differs.</param>
    /// <param name="shots">The second and each other one goes to the second instance.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<SerialRun> SerialAsync(TimeSpan gap, IReadOnlyList<Shot> shots, CancellationToken ct)
    {
        var position = Context.Statements.Position;
        var answers = new List<Exchange>();
        foreach (var shot in shots)
        {
            if (answers.Count > 0 && gap > TimeSpan.Zero) await Task.Delay(gap, ct);
            answers.Add(await SendAsync(shot, toSecond: answers.Count % 2 == 1, ct));
            await QuietAsync(ct);
        }

        var statements = Own(position);
        return new SerialRun(answers, await TakeBackAsync(ct), statements);
    }

    /// <summary>What has changed; then everything as it was.</summary>
    public async Task<StateDelta> TakeBackAsync(CancellationToken ct)
    {
        await QuietAsync(ct);
        var delta = await State.DeltaAsync(ct);
        await State.RestoreAsync(delta, ct);
        return delta;
    }

    /// <summary>What passed the proxy since a position, without what pools and drivers ask for themselves.</summary>
    public IReadOnlyList<StatementRecord> Own(long position) =>
        [.. Context.Statements.Since(position).Where(record => !record.IsResumed && !Context.Noise.Contains(record) && record.Shape.Kind is not (StatementKind.Reset or StatementKind.Set or StatementKind.Deallocate or StatementKind.Prepare))];

    public async ValueTask DisposeAsync()
    {
        _secondClient?.Dispose();
        if (_second is not null) await Context.Setup.Host!.StopAsync(_second);
        await Locks.DisposeAsync();
        await _root.DisposeAsync();
    }
}

/// <param name="Answers">In order.</param>
/// <param name="Statements">That were asked meanwhile.</param>
internal sealed record SerialRun(IReadOnlyList<Exchange> Answers, StateDelta Delta, IReadOnlyList<StatementRecord> Statements)
{
    public bool Succeeded(int at) => Success.Is(Answers[at]);
}

using System.Diagnostics;
using Roadworthy.Inspection.Data;
using Roadworthy.Inspection.Driving;
using Roadworthy.Wire;

namespace Roadworthy.Inspection.Probing.Races;

/// <summary>Holds A, lets B run to its end, lets A go on; then everything as it was. B may as well wait for A: that is told, and judged by the state like all else.</summary>
internal sealed class ForcedTrial(RaceGround ground, Shot a, Shot b, TimeSpan serial)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(3);
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan ReachLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan HoldLimit = TimeSpan.FromSeconds(12);

    /// <param name="at">Where A is held.</param>
    /// <param name="toSecond">Whether B goes to the second instance.</param>
    /// <param name="ct">Gives up.</param>
    /// <param name="look">Looks at what the two have left, before it is taken back.</param>
    public async Task<TrialRun> RunAsync(HoldAt at, bool toSecond, CancellationToken ct, Func<Exchange, Exchange, Task>? look = null)
    {
        await ground.QuietAsync(ct);
        var position = ground.Context.Statements.Position;
        using var hold = Arm(at);
        var first = ground.SendAsync(a, toSecond: false, ct);
        if (!await ReachedAsync(hold, first, ct))
        {
            hold.Release();
            var alone = await first;
            return new TrialRun(at, TrialEnd.NotReached, alone, null, await ground.TakeBackAsync(ct), []);
        }

        var (heldAt, holder) = (Stopwatch.GetTimestamp(), hold.Connection!);
        await SettleAsync(holder, ct);
        var second = ground.SendAsync(b, toSecond, ct);
        var end = await WatchAsync(second, holder, ct);
        var releasedAt = Stopwatch.GetTimestamp();
        hold.Release();
        var (answerA, answerB) = (await first, await second);
        await ground.QuietAsync(ct);
        var statements = ground.Own(position);
        if (look is not null) await look(answerA, answerB);
        var delta = await ground.TakeBackAsync(ct);
        return new TrialRun(at, end, answerA, answerB, delta, statements) { HolderId = holder.Id, HeldAt = heldAt, ReleasedAt = releasedAt };
    }

    private Hold Arm(HoldAt at)
    {
        var (noise, count) = (ground.Context.Noise, 0);
        return ground.Wire.Hold(
            at.IsCommit ? HoldPoint.BeforeCommit : HoldPoint.BeforeStatement,
            (in PendingStatement statement) => statement.Shape.Kind == StatementKind.Write && !noise.Contains(statement.Shape) && Interlocked.Increment(ref count) == at.Write,
            HoldLimit);
    }

    private async Task<bool> ReachedAsync(Hold hold, Task<Exchange> first, CancellationToken ct)
    {
        var reached = hold.ReachedAsync(ReachLimit, ct);
        await Task.WhenAny(reached, first);
        if (reached.IsCompleted) return await reached;
        // It may have answered before it writes.
        await ground.QuietAsync(ct);
        return hold.IsReached;
    }

    /// <summary>What else A has under way is let come to its end.</summary>
    private async Task SettleAsync(WireConnection holder, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < Settle && ground.Wire.Connections.Any(connection => connection != holder && connection.InFlight > 0)) await Task.Delay(Look, ct);
    }

    private async Task<TrialEnd> WatchAsync(Task<Exchange> second, WireConnection holder, CancellationToken ct)
    {
        var ofA = ground.Wire.Connections.Where(connection => connection == holder || connection.FrontStatus != TransactionStatus.Idle).ToHashSet();
        var idleLimit = TimeSpan.FromMilliseconds(Math.Max(250, (3 * serial.TotalMilliseconds) + 150));
        var limit = TimeSpan.FromMilliseconds(Math.Max(3000, 6 * serial.TotalMilliseconds));
        var (started, idleSince) = (Stopwatch.GetTimestamp(), Stopwatch.GetTimestamp());
        while (!second.IsCompleted)
        {
            if (Stopwatch.GetElapsedTime(started) > limit) return TrialEnd.TimedOut;
            var busy = ground.Wire.Connections.Where(connection => !ofA.Contains(connection) && connection.InFlight > 0).Select(connection => connection.ProcessId).ToList();
            if (busy.Count > 0)
            {
                idleSince = Stopwatch.GetTimestamp();
                if (await ground.Locks.AnyAsync(busy, [.. ofA.Select(connection => connection.ProcessId)], ct)) return TrialEnd.Blocked;
            }
            else if (Stopwatch.GetElapsedTime(idleSince) > idleLimit)
            {
                return TrialEnd.Stuck;
            }

            await Task.WhenAny(second, Task.Delay(Look, ct));
        }

        return TrialEnd.Passed;
    }
}

/// <summary>How far B came while A was held.</summary>
internal enum TrialEnd
{
    /// <summary>A never came to where it was to be held.</summary>
    NotReached,

    /// <summary>To its end.</summary>
    Passed,

    /// <summary>It waited for a lock of A's in the database.</summary>
    Blocked,

    /// <summary>It waited outside of the database: for a connection, a lock in the process, the one thread.</summary>
    Stuck,

    /// <summary>It was busy all the time.</summary>
    TimedOut,
}

/// <param name="B">Null where A was never held.</param>
internal sealed record TrialRun(HoldAt At, TrialEnd End, Exchange A, Exchange? B, StateDelta Delta, IReadOnlyList<StatementRecord> Statements)
{
    public int HolderId { get; init; }

    public long HeldAt { get; init; }

    public long ReleasedAt { get; init; }
}

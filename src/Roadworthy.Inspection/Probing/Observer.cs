using System.Diagnostics;
using Roadworthy.Inspection.Driving;
using Roadworthy.Wire;

namespace Roadworthy.Inspection.Probing;

/// <summary>Sends one request at a time, and waits until nothing of it is under way any more, so that what was seen is its own.</summary>
internal sealed class Observer(ProbeContext context)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(15);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(3);

    public async Task<Observation> ObserveAsync(Call call, Identity identity, CancellationToken ct)
    {
        await QuietAsync(ct);
        var position = context.Statements.Position;
        var exchange = await context.Setup.SendAsync(call, identity, ct);
        await QuietAsync(ct);
        return new Observation(exchange, [.. context.Statements.Since(position).Where(record => !context.Noise.Contains(record) && IsOwn(record))]);
    }

    /// <summary>Until no statement has ended for a while and none is under way. Work that never ends does not hold the inspection up.</summary>
    public async Task QuietAsync(CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        var (position, since) = (context.Statements.Position, started);
        while (Stopwatch.GetElapsedTime(started) < Limit)
        {
            await Task.Delay(Look, ct);
            var now = context.Statements.Position;
            if (now != position || context.Wire.Connections.Any(connection => connection.InFlight > 0 && !connection.IsHeld)) (position, since) = (now, Stopwatch.GetTimestamp());
            else if (Stopwatch.GetElapsedTime(since) >= Quiet) return;
        }
    }

    private static bool IsOwn(StatementRecord record) =>
        !record.IsResumed && record.Outcome != StatementOutcome.Empty && record.Shape.Kind is not (StatementKind.Reset or StatementKind.Set or StatementKind.Deallocate or StatementKind.Prepare);
}

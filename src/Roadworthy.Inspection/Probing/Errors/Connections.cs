using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Findings;

namespace Roadworthy.Inspection.Probing.Errors;

/// <summary>RW458: connections that each further request leaves open, one at a time and with nothing else under way. A pool would take the one that is there.</summary>
internal sealed class Connections(ProbeContext context, Bench bench)
{
    private const int Repeats = 4;
    private const int Quick = 6;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <summary>Open ones, and so seen by the server as taken.</summary>
    public int Count => context.Wire.Connections.Count(connection => !connection.IsEnded);

    /// <summary>Does a trial, and where it left one more connection than there was, does it again to see whether each does.</summary>
    public async Task<Trial> WatchAsync(Target target, string situation, Func<Task<Trial>> send, CancellationToken ct)
    {
        var before = Count;
        var trial = await send();
        if (Count <= before && target.Operation.IsSafe && trial.Succeeded)
        {
            // A few that lie idle are taken first, and nothing is seen of it.
            for (var n = 0; n < Quick; n++) await Asking.WithinAsync(context, target, Limit, ct);
        }

        if (Count <= before)
        {
            context.Results.Pass(ErrorRules.ConnectionLeak, target.Operation, "It gives back what it takes.");
            return trial;
        }

        var counts = new List<int> { before, Count };
        for (var n = 0; n < Repeats; n++)
        {
            await send();
            counts.Add(Count);
            if (counts[^1] <= counts[^2]) break;
        }

        if (counts.Count < Repeats + 2 || counts[^1] <= counts[^2])
        {
            context.Results.Pass(ErrorRules.ConnectionLeak, target.Operation, "It gives back what it takes.");
            return trial;
        }

        context.Results.Add(ErrorFindings.Of(
            context, ErrorRules.ConnectionLeak, target, Verdict.Fail, $"{Repeats + 1} requests {situation}, one after the other, leave {counts[^1] - before} more connections open", situation, trial.Exchange,
            [
                new GrowthEvidence("Connections that are open", "requests", "connections", [new GrowthSeries("connections", [.. counts.Select((count, at) => new GrowthPoint(at, count))], 1)]),
                context.Evidence.Of("Each of them", trial.Exchange),
            ]));
        // A pool that is used up would fail every trial from here on.
        await context.Setup.RestartAsync(ct);
        await bench.TakeBackAsync(ct);
        return trial;
    }
}

using System.Diagnostics;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Probing.Errors;

/// <summary>Asks within a limit of its own, and learns nothing from the answer: what fails on purpose teaches nothing.</summary>
internal static class Asking
{
    public static async Task<Exchange> WithinAsync(ProbeContext context, Target target, TimeSpan limit, CancellationToken ct)
    {
        using var own = CancellationTokenSource.CreateLinkedTokenSource(ct);
        own.CancelAfter(limit);
        var started = Stopwatch.GetTimestamp();
        try
        {
            return await context.Setup.Driver.TryAsync(target.Call, target.Who, own.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new Exchange
            {
                Operation = target.Operation,
                Identity = target.Who.Name,
                Request = target.Call.ToRequest(context.Setup.Description.Prefix, target.Who),
                Failure = $"No answer within {limit.TotalSeconds:0} s.",
                StartedAt = started,
                EndedAt = Stopwatch.GetTimestamp(),
            };
        }
    }
}

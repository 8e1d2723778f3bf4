using System.Diagnostics;
using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Findings;

namespace Roadworthy.Inspection.Probing.Errors;

/// <summary>RW454: whether what worked before works again when the database does.</summary>
internal sealed class Recovery(ProbeContext context)
{
    private const int MostAsked = 3;
    /// <summary>Pools wait longer each time, up to ten seconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <returns>Whether it is back; where it is not, it has been started anew.</returns>
    public async Task<bool> WaitAsync(IReadOnlyList<Target> targets, string what, CancellationToken ct)
    {
        if (targets.Count == 0) return true;
        var started = Stopwatch.GetTimestamp();
        foreach (var target in targets.Where(target => target.Operation.IsSafe).Take(MostAsked).DefaultIfEmpty(targets[0]))
        {
            var exchange = await AskAsync(target, ct);
            while (!IsBack(target, exchange) && Stopwatch.GetElapsedTime(started) < Patience && context.Setup.Backend?.HasExited is not true)
            {
                await Task.Delay(Pause, ct);
                exchange = await AskAsync(target, ct);
            }

            if (IsBack(target, exchange)) continue;
            await FailAsync(target, exchange, what, ct);
            return false;
        }

        context.Results.Pass(ErrorRules.NoRecovery, RuleResult.Everywhere, $"After {what} it worked again.");
        return true;
    }

    /// <summary>Says that it ended, or does not come back, and starts it anew.</summary>
    public async Task FailAsync(Target target, Exchange exchange, string what, CancellationToken ct)
    {
        var backend = context.Setup.Backend;
        if (backend is not null) await Task.WhenAny(WaitForEndAsync(ct), Task.Delay(500, ct));
        var hasEnded = backend?.HasExited is true;
        var last = backend?.Output.Lines.TakeLast(30).Select(line => line.Raw).ToList() ?? [];
        context.Results.Add(new Finding
        {
            Rule = ErrorRules.NoRecovery.Id,
            Endpoint = RuleResult.Everywhere,
            Verdict = Verdict.Fail,
            Fingerprint = what,
            Summary = hasEnded ? $"After {what} the backend has ended" : $"{Patience.TotalSeconds:0} s after {what}, {target.Operation.Key} still answers {(exchange.Status == 0 ? "nothing" : exchange.Status)}",
            Evidence = [context.Evidence.Of("Asked when the database was there again", exchange), context.Evidence.Log("What the backend wrote last", exchange with { Log = last })],
            Commands = [context.Evidence.Curl(exchange)],
            Recipe = $"{ErrorFindings.Name} {ErrorRules.NoRecovery.Id} {RuleResult.Everywhere}",
            Source = Input.CrashMark.Of(last).Source,
        });
        await context.Setup.RestartAsync(ct);
    }

    private async Task WaitForEndAsync(CancellationToken ct)
    {
        for (var n = 0; n < 25 && context.Setup.Backend?.HasExited is false; n++) await Task.Delay(20, ct);
    }

    private Task<Exchange> AskAsync(Target target, CancellationToken ct) => Asking.WithinAsync(context, target, TimeSpan.FromSeconds(2), ct);

    private static bool IsBack(Target target, Exchange exchange) => exchange.Status != 0 && (exchange.Status == target.Normal.Status || exchange.Status < 500);
}

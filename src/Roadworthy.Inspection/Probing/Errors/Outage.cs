using Roadworthy.Inspection.Findings;
using Roadworthy.Wire;

namespace Roadworthy.Inspection.Probing.Errors;

/// <summary>The database goes away, everything is asked meanwhile, and it comes back.</summary>
internal sealed class Outage(ProbeContext context, Failures failures, Recovery recovery)
{
    private const int MostUnanswered = 2;
    private const string Situation = "while the database is away";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(4);

    public async Task RunAsync(IReadOnlyList<Target> targets, CancellationToken ct)
    {
        var concerned = targets.Where(target => target.IsConcerned).ToList();
        if (concerned.Count == 0) return;
        using (context.Wire.RefuseConnections("57P03", $"{ErrorFindings.Canary}: the database system is shutting down"))
        {
            context.Wire.KillIdle(KillManner.Terminate);
            var unanswered = 0;
            foreach (var target in concerned)
            {
                if (context.Clock.IsUp || unanswered >= MostUnanswered)
                {
                    var reason = context.Clock.IsUp ? context.Clock.Reason : $"Other endpoints were not answered within {Limit.TotalSeconds:0} s while the database was away; it was not asked for them all.";
                    context.Results.Inconclusive(ErrorRules.OutageAsAnswer, target.Operation, reason);
                    continue;
                }

                var exchange = await Asking.WithinAsync(context, target, Limit, ct);
                if (exchange.Status == 0 && context.Setup.Backend?.HasExited is true) break;
                if (exchange.Status == 0) unanswered++;
                if (exchange.Status != 0) exchange = await context.Setup.WithLogAsync(exchange, ct);
                failures.Add(target, exchange, Situation, () => Asking.WithinAsync(context, target, Limit, ct));
            }

            await failures.SettleAsync(ct);
        }

        await recovery.WaitAsync(concerned, "an outage of the database", ct);
    }
}

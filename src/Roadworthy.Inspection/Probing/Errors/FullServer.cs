using System.Diagnostics;

namespace Roadworthy.Inspection.Probing.Errors;

/// <summary>
/// The database lives and takes no further connection (SQLSTATE 53300). It is told by the server in words, not by a connection that fails, and so goes other ways through a backend than an outage.
/// Only what the client is told is judged: what is written of it is that of an outage.
/// </summary>
internal sealed class FullServer(ProbeContext context, Failures failures, Recovery recovery)
{
    private const int MostUnanswered = 2;
    private const string Situation = "while the database takes no more connections";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Whole = TimeSpan.FromSeconds(5);

    public async Task RunAsync(IReadOnlyList<Target> targets, CancellationToken ct)
    {
        var concerned = targets.Where(target => target.IsConcerned).ToList();
        if (concerned.Count == 0 || context.Clock.IsUp) return;
        using (context.Wire.RefuseConnections(message: $"{ErrorFindings.Canary}: sorry, too many clients already"))
        {
            context.Wire.KillIdle();
            var (started, unanswered) = (Stopwatch.GetTimestamp(), 0);
            foreach (var target in concerned)
            {
                if (context.Clock.IsUp || unanswered >= MostUnanswered || Stopwatch.GetElapsedTime(started) > Whole) break;
                var exchange = await Asking.WithinAsync(context, target, Limit, ct);
                if (exchange.Status == 0 && context.Setup.Backend?.HasExited is true) break;
                if (exchange.Status == 0) unanswered++;
                else failures.Told(target, exchange.Status < 500 ? await context.Setup.WithLogAsync(exchange, ct) : exchange, Situation);
            }
        }

        await recovery.WaitAsync(concerned, "a database that took no more connections", ct);
    }
}

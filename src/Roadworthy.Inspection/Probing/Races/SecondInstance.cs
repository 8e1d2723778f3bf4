using Roadworthy.Inspection.Backend;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Probing.Races;

/// <summary>Another instance of the backend beside the first, on the same database, as a deployment has for at least as long as it lasts.</summary>
internal static class SecondInstance
{
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(15);

    /// <summary>Null where none comes up in time, or where it does not know who the first let in.</summary>
    public static async Task<RunningBackend?> StartAsync(ProbeContext context, CancellationToken ct)
    {
        if (context.Setup.Host is not { HasFixedPort: false } host) return null;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var share = context.Clock.Left * 0.35;
        limit.CancelAfter(share < MostTime ? share : MostTime);
        RunningBackend? started = null;
        try
        {
            started = await host.StartAsync(limit.Token);
            if (started.Address != context.Setup.Driver.Client.Target && await KnowsAsync(context, started, limit.Token))
            {
                var instance = started;
                started = null;
                return instance;
            }
        }
        catch (Exception e) when (e is InspectionException or OperationCanceledException)
        {
            ct.ThrowIfCancellationRequested();
        }
        finally
        {
            if (started is not null) await host.StopAsync(started);
        }

        return null;
    }

    /// <summary>A key that each process makes for itself keeps those out that another has let in.</summary>
    private static async Task<bool> KnowsAsync(ProbeContext context, RunningBackend instance, CancellationToken ct)
    {
        using var client = new ApiClient(instance.Address, TimeSpan.FromSeconds(10));
        foreach (var outcome in context.Setup.Survey.Outcomes.Where(outcome => outcome is { Operation.Method: "GET", Succeeded: true } && outcome.Identity != Identity.AnonymousName).Take(3))
        {
            if (context.Setup.Users.Append(context.Setup.Administrator).FirstOrDefault(each => each?.Name == outcome.Identity) is not { } identity) continue;
            var exchange = await client.SendAsync(context.Setup.Driver.RequestOf(outcome.Call!, identity), identity.Name, outcome.Operation, ct);
            if (exchange.Status is 401 or 403) return false;
        }

        return true;
    }
}

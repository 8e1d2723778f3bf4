using Roadworthy.Inspection.Backend;

namespace Roadworthy.Inspection.Probing.Errors;

/// <summary>An instance of the backend that is told it is in production.</summary>
internal static class ProductionMode
{
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(12);

    /// <summary>Whether the other one was told the contrary, by the inspection or by the repository's examples.</summary>
    public static bool WasTold(ProbeContext context) => context.Setup.Host?.SaysDevelopment is true;

    /// <summary>Null where the backend's mode was its user's choice, or none comes up in time.</summary>
    public static async Task<RunningBackend?> StartAsync(ProbeContext context, CancellationToken ct)
    {
        if (context.Setup.Host is not { HasFixedPort: false, SaysDevelopment: true } host) return null;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(MostTime);
        try
        {
            var instance = await host.StartAsync(limit.Token, asInProduction: true);
            if (instance.Address != context.Setup.Driver.Client.Target) return instance;
            await host.StopAsync(instance);
        }
        catch (Exception e) when (e is InspectionException or OperationCanceledException)
        {
            ct.ThrowIfCancellationRequested();
        }

        return null;
    }
}

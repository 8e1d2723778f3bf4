using Roadworthy.Inspection.Api.Har;
using Roadworthy.Inspection.Backend;
using Roadworthy.Inspection.Reports;

namespace Roadworthy.Inspection.Recording;

/// <summary>Lets somebody use a backend, and keeps what went by as a file that an inspection learns the API from.</summary>
internal static class RecordRun
{
    public const string FileName = "recorded.har";

    /// <summary>Until it is cancelled: that is its regular end.</summary>
    /// <param name="options">What is recorded; its output folder gets the file.</param>
    /// <param name="port">Where clients go. 0: any that is free.</param>
    /// <param name="ready">Is told the address.</param>
    /// <param name="ct">Ends it.</param>
    /// <returns>The file, and how many exchanges are in it.</returns>
    /// <exception cref="InspectionException">The backend does not come up.</exception>
    public static async Task<(string File, int Count)> RunAsync(InspectorOptions options, int port, Action<Uri> ready, CancellationToken ct)
    {
        if (options.Target is { } target) return await RecordAsync(options, target, port, ready, ct);
        if (options.Backend is not { } backend) throw new InspectionException("Give the command that starts the backend, or the address of one that runs.");
        await using var ground = await InspectionGround.LayAsync(options, ct);
        await using var host = new BackendHost(backend, ground.Through);
        await host.MigrateAsync(ct);
        if (!host.BringsSchemaUpItself) await host.SeedAsync(ct);
        var running = await host.StartAsync(ct);
        return await RecordAsync(options, running.Address, port, ready, ct);
    }

    private static async Task<(string File, int Count)> RecordAsync(InspectorOptions options, Uri target, int port, Action<Uri> ready, CancellationToken ct)
    {
        await using var proxy = await RecordingProxy.StartAsync(target, port, ct);
        ready(proxy.Address);
        await Task.Delay(Timeout.Infinite, ct).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        var exchanges = proxy.Exchanges;
        Directory.CreateDirectory(options.Output!);
        return (ReportFiles.Put(Path.Combine(options.Output!, FileName), HarFile.Write(exchanges)), exchanges.Count);
    }
}

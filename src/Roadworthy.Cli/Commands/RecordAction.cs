using Roadworthy.Cli.Rendering;
using Roadworthy.Inspection.Recording;
using Roadworthy.Inspection.Runs;

namespace Roadworthy.Cli.Commands;

/// <summary><c>roadworthy inspect --record</c>: until Ctrl-C.</summary>
internal static class RecordAction
{
    public static async Task<int> RunAsync(InspectRequest request, int port, Surroundings around, CancellationToken ct)
    {
        var view = new ProgressView(around.Error, isInteractive: false);
        var options = request.ToOptions([], around.Shell, view.Doing);
        var (file, count) = await RecordRun.RunAsync(options, port, address => around.Output.WriteLine($"  Use it at {address}: click, or run your tests. Ctrl-C ends the recording."), ct);
        await around.Output.WriteLineAsync($"  {count} requests in {file}, secrets masked. Now: roadworthy inspect --api {file} ...");
        return count > 0 ? Tool.Clean : Tool.Inconclusive;
    }
}

using System.CommandLine;
using System.CommandLine.Invocation;
using System.Runtime.InteropServices;
using System.Text;
using Roadworthy.Cli.Commands;
using Roadworthy.Cli.Rendering;
using Roadworthy.Inspection;
using Roadworthy.Inspection.Probing;
using Roadworthy.Postgres;

namespace Roadworthy.Cli;

/// <summary>The tool: its commands, and the exit codes that they share.</summary>
internal static class Tool
{
    public const int Clean = 0;
    public const int WrongUse = 2;
    public const int Inconclusive = 3;

    /// <summary>As a process: Ctrl-C ends it in order, a second one at once.</summary>
    public static async Task<int> RunProcessAsync(string[] args, IReadOnlyList<IProbe> probes)
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        using var stop = new CancellationTokenSource();
        void Signal(PosixSignalContext signal)
        {
            // What it has started ends with it, also when it does not clean up itself.
            if (stop.IsCancellationRequested) return;
            signal.Cancel = true;
            stop.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Signal);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Signal);
        var colors = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null or "";
        return await RunAsync(args, new Surroundings
        {
            Probes = probes,
            Output = Console.Out,
            Error = Console.Error,
            Colors = colors,
            IsInteractive = !Console.IsErrorRedirected && !Console.IsInputRedirected,
        }, stop.Token);
    }

    /// <summary>What can be typed.</summary>
    public static RootCommand Root(Surroundings around) => new("Drives a backend on PostgreSQL the way production will, and says with evidence what breaks. Exit codes: 0 clean, 1 findings, 2 wrong use or set-up, 3 inconclusive.")
    {
        InspectCommand.Create(around), ReplayCommand.Create(around), ReportCommand.Create(around), DemoCommand.Create(around),
    };

    public static async Task<int> RunAsync(string[] args, Surroundings around, CancellationToken ct)
    {
        var parsed = Root(around).Parse(args);
        try
        {
            var code = await parsed.InvokeAsync(new InvocationConfiguration { Output = around.Output, Error = around.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, ct);
            return parsed.Action is ParseErrorAction ? WrongUse : code;
        }
        catch (Exception e) when (e is InspectionException or PostgresServerException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            await around.Error.WriteLineAsync(Plain.Lines(e.Message));
            return WrongUse;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await around.Error.WriteLineAsync("Stopped before anything was tried.");
            return Inconclusive;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            await around.Error.WriteLineAsync(Plain.Lines($"This is a fault of Roadworthy. What was found until then is in the output folder: roadworthy report DIR.\n{e}"));
            return Inconclusive;
        }
    }
}

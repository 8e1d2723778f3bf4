using System.CommandLine;
using Roadworthy.Cli.Rendering;
using Roadworthy.Inspection;
using Roadworthy.Inspection.Configuration;
using Roadworthy.Inspection.Reports;
using Roadworthy.Inspection.Runs;

namespace Roadworthy.Cli.Commands;

/// <summary><c>roadworthy inspect</c>.</summary>
internal static class InspectCommand
{
    private const string UsualBaseline = "roadworthy-baseline.json";

    public static Command Create(Surroundings around)
    {
        var options = new InspectOptionSet();
        var command = new Command("inspect", "Starts a backend on a PostgreSQL of its own, drives it, breaks what it stands on, and reports what broke.");
        options.AddTo(command);
        command.SetAction((parsed, ct) => parsed.GetValue(options.Init) ? InitAction.RunAsync(options, parsed, around) : InspectAsync(options, parsed, around, ct));
        return command;
    }

    private static async Task<int> InspectAsync(InspectOptionSet options, ParseResult parsed, Surroundings around, CancellationToken ct)
    {
        var request = new RequestReader(options, parsed, around.Directory).Read();
        await around.RequireYesAsync(request, parsed.GetValue(options.Backend.Yes));
        if (parsed.GetValue(options.Record)) return await RecordAction.RunAsync(request, parsed.GetValue(options.RecordPort), around, ct);
        var updates = parsed.GetValue(options.UpdateBaseline);
        if (updates) request = request with { Baseline = request.Baseline ?? Path.Combine(around.Directory, UsualBaseline) };
        IReadOnlySet<string> known = request.Baseline is { } file && !updates ? Baseline.Read(file) : new HashSet<string>(StringComparer.Ordinal);

        var report = await RunAsync(request, known, around, ct);
        if (updates) Baseline.Write(request.Baseline!, report);
        var files = ReportFiles.Write(request.Output, report);
        await Results.PrintAsync(report, parsed.GetValue(options.Format)!, files, around);
        return updates && report.ExitCode == 1 ? Tool.Clean : report.ExitCode;
    }

    /// <summary>An inspection with its journal, settings and progress; what is suppressed and known already taken out.</summary>
    public static async Task<InspectionReport> RunAsync(InspectRequest request, IReadOnlySet<string> known, Surroundings around, CancellationToken ct)
    {
        var view = new ProgressView(around.Error, around.IsInteractive);
        var options = request.ToOptions(around.Probes, around.Shell, view.Doing, view.Timed, view.Found);
        ReportFiles.Begin(request.Output);
        RunSettings.Save(request, request.Output);
        return request.Sift(await view.ShowAsync(() => new Inspector(options).RunAsync(ct)), known);
    }
}

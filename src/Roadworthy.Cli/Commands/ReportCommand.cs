using System.CommandLine;
using Roadworthy.Inspection;
using Roadworthy.Inspection.Reports;

namespace Roadworthy.Cli.Commands;

/// <summary><c>roadworthy report DIR</c>: the reports of a run, also of one that was killed.</summary>
internal static class ReportCommand
{
    public static Command Create(Surroundings around)
    {
        var folder = new Argument<string>("folder") { Description = "The folder that an inspection wrote to." };
        var format = new Option<string>("--format") { Description = "What is printed.", DefaultValueFactory = _ => "text", HelpName = "text|json|markdown|sarif|junit|none" };
        format.AcceptOnlyFromAmong("text", "json", "markdown", "sarif", "junit", "none");
        var command = new Command("report", "Makes the reports from results.jsonl, whether the inspection came to its end or was killed.") { folder, format };
        command.SetAction((parsed, _) => RunAsync(Path.GetFullPath(parsed.GetValue(folder)!, around.Directory), parsed.GetValue(format)!, around));
        return command;
    }

    private static async Task<int> RunAsync(string folder, string format, Surroundings around)
    {
        if (!File.Exists(Path.Combine(folder, Journal.FileName))) throw new InspectionException($"There is no {Journal.FileName} in '{folder}': the inspection was ended before it had tried anything, or wrote elsewhere.");
        var (run, results, isComplete) = Journal.Read(folder);
        var report = new InspectionReport { Run = run, Results = results, IsComplete = isComplete };
        await Results.PrintAsync(report, format, ReportFiles.Write(folder, report), around);
        return report.ExitCode;
    }
}

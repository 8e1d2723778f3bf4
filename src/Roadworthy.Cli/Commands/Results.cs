using Roadworthy.Inspection.Reports;

namespace Roadworthy.Cli.Commands;

/// <summary>Prints a report as it was asked for, and tells GitHub where this is one of its runs.</summary>
internal static class Results
{
    public static async Task PrintAsync(InspectionReport report, string format, IReadOnlyList<string> files, Surroundings around)
    {
        if (around.Shell("GITHUB_STEP_SUMMARY") is { Length: > 0 } summary) await File.AppendAllTextAsync(summary, MarkdownSummary.Write(report));
        switch (format)
        {
            case "json": await around.Output.WriteAsync(JsonReport.Write(report)); break;
            case "markdown": await around.Output.WriteAsync(MarkdownSummary.Write(report)); break;
            case "sarif": await around.Output.WriteAsync(SarifReport.Write(report)); break;
            case "junit": await around.Output.WriteAsync(JunitReport.Write(report)); break;
            case "none": break;
            default: new TerminalReport(around.Output, around.Colors).Write(report, [.. files.Take(1)]); break;
        }
    }
}

using System.Text.Json;
using Roadworthy.Inspection.Findings;
using Roadworthy.Inspection.Reports.Html;

namespace Roadworthy.Inspection.Reports;

/// <summary>One page about several inspections, with JSON beside it; each chapter's own report lies in the folder of its name.</summary>
internal static class DemoReport
{
    public const string Html = "index.html";

    public static void Write(string folder, IReadOnlyList<DemoChapter> chapters)
    {
        Directory.CreateDirectory(folder);
        ReportFiles.Put(Path.Combine(folder, Html), DemoHtml.Write(chapters));
        ReportFiles.Put(Path.Combine(folder, "demo.json"), Json(chapters));
    }

    private static string Json(IReadOnlyList<DemoChapter> chapters) => JsonSerializer.Serialize(
        chapters.Select(chapter => new
        {
            chapter.Name,
            chapter.About,
            chapter.Trouble,
            Summary = chapter.Line,
            chapter.Report?.Run,
            chapter.Report?.ExitCode,
            Counts = chapter.Report is { } report ? Enum.GetValues<Verdict>().ToDictionary(verdict => verdict.ToString().ToLowerInvariant(), report.Count, StringComparer.Ordinal) : null,
            Findings = chapter.Report?.Findings.Select(finding => new { finding.Id, finding.Rule, RuleCatalogue.Get(finding.Rule).Title, finding.Endpoint, finding.Summary }),
        }),
        ReportJson.Indented) + "\n";
}

/// <param name="Name">Of its folder.</param>
/// <param name="About">What it is, in a sentence.</param>
/// <param name="Report">Null where it could not be inspected.</param>
/// <param name="Trouble">Why it could not be; null where it was.</param>
internal sealed record DemoChapter(string Name, string About, InspectionReport? Report, string? Trouble)
{
    public string Line => Report is null ? $"not inspected: {Trouble}" : FormattableString.Invariant($"{Counts.Of(Report)} in {Report.Run.Seconds:0.0} s");
}

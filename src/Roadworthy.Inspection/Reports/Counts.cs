using Roadworthy.Inspection.Findings;

namespace Roadworthy.Inspection.Reports;

/// <summary>The one line that says it all.</summary>
internal static class Counts
{
    public static string Of(InspectionReport report)
    {
        var parts = new List<string>
        {
            report.Findings.Count switch { 0 => "nothing found", 1 => "1 finding", var many => $"{many} findings" },
            Some(report.Advisories.Count, "advisory", "advisories"),
            $"{report.Count(Verdict.Pass)} passed",
            Some(report.Count(Verdict.Inconclusive), "inconclusive", "inconclusive"),
            Some(report.Known.Count, "known", "known"),
            Some(report.Suppressed.Count, "suppressed", "suppressed"),
            report.IsComplete ? "" : "stopped before its end",
        };
        return string.Join(", ", parts.Where(part => part.Length > 0));
    }

    private static string Some(int count, string one, string many) => count switch { 0 => "", 1 => $"1 {one}", _ => $"{count} {many}" };
}

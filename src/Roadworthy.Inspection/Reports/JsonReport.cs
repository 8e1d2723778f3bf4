using System.Text.Json;

namespace Roadworthy.Inspection.Reports;

/// <summary>The whole report as JSON, for programs (<c>report.json</c>).</summary>
public static class JsonReport
{
    /// <summary>The report's text.</summary>
    public static string Write(InspectionReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return JsonSerializer.Serialize(
            new
            {
                Version = 1,
                report.Run,
                report.IsComplete,
                report.ExitCode,
                Counts = Enum.GetValues<Findings.Verdict>().ToDictionary(verdict => verdict.ToString().ToLowerInvariant(), report.Count, StringComparer.Ordinal),
                report.Findings,
                report.Advisories,
                report.Suppressed,
                report.Known,
                Results = report.Results.Select(result => new { result.Rule, result.Endpoint, result.Verdict, result.Reason, Findings = result.Findings.Select(finding => finding.Id) }),
            },
            ReportJson.Indented) + "\n";
    }
}

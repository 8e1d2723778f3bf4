using System.Globalization;
using System.Text;
using Roadworthy.Inspection.Findings;

namespace Roadworthy.Inspection.Reports;

/// <summary>A few lines of Markdown for a pull request, or <c>GITHUB_STEP_SUMMARY</c>: one line that says it all, and the few findings that matter most.</summary>
public static class MarkdownSummary
{
    private const int Most = 5;

    /// <summary>The summary's text.</summary>
    public static string Write(InspectionReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var findings = report.Findings;
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"**roadworthy inspect**: {Counts.Of(report)}\n");
        if (findings.Count == 0) return text.ToString();
        text.Append("\n| | rule | where | what |\n|---|---|---|---|\n");
        foreach (var finding in findings.Take(Most))
        {
            var rule = RuleCatalogue.Get(finding.Rule);
            text.Append(CultureInfo.InvariantCulture, $"| {rule.Severity.ToString().ToLowerInvariant()} | [{rule.Id}]({rule.HelpUri}) {Cell(rule.Title)} | `{Cell(finding.Endpoint).Replace('`', '\'')}` | {Cell(finding.Summary)} |\n");
        }

        if (findings.Count > Most) text.Append(CultureInfo.InvariantCulture, $"\nand {findings.Count - Most} more: see the report.\n");
        return text.ToString();
    }

    // What the backend said is text here, and nothing else.
    private static string Cell(string text)
    {
        var cell = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (char.IsControl(character)) cell.Append(' ');
            else if (character is '<') cell.Append("&lt;");
            else if (@"\|*_[]>#!~".Contains(character, StringComparison.Ordinal)) cell.Append('\\').Append(character);
            else cell.Append(character);
        }

        return cell.Length > 300 ? $"{cell.ToString(0, 300)}…" : cell.ToString();
    }
}

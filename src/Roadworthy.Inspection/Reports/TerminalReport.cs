using System.Globalization;
using Roadworthy.Inspection.Findings;

namespace Roadworthy.Inspection.Reports;

/// <summary>What is printed at the end: the few findings that matter most in full, the others a line each, and what could not be tried.</summary>
public sealed class TerminalReport(TextWriter output, bool colors)
{
    private const int InFull = 8;
    private const int MaxLines = 6;

    /// <summary>Prints the report.</summary>
    /// <param name="report">What there is to say.</param>
    /// <param name="files">Where the reports are, to look further.</param>
    public void Write(InspectionReport report, IReadOnlyList<string> files)
    {
        ArgumentNullException.ThrowIfNull(report);
        var findings = report.Findings;
        output.WriteLine();
        foreach (var finding in findings.Take(InFull)) InDetail(finding);
        if (findings.Count > InFull)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {findings.Count - InFull} more:"));
            foreach (var finding in findings.Skip(InFull)) InShort(finding);
            output.WriteLine();
        }

        if (report.Advisories.Count > 0)
        {
            output.WriteLine("  Worth a look:");
            foreach (var finding in report.Advisories.Take(InFull)) InShort(finding);
            output.WriteLine();
        }

        NotTried(report);
        foreach (var note in report.Run.Notes) output.WriteLine($"  {Plain(note)}");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {Paint(report.Findings.Count > 0 ? Red : Green, Counts.Of(report))} in {report.Run.Seconds:0.0} s, {report.Run.Driven} of {report.Run.Endpoints} endpoints driven, seed {report.Run.Seed}"));
        foreach (var file in files) output.WriteLine($"  {file}");
    }

    private const string Red = "\u001b[1;31m";
    private const string Yellow = "\u001b[33m";
    private const string Green = "\u001b[1;32m";
    private const string Dim = "\u001b[2m";

    private void InDetail(Finding finding)
    {
        var rule = RuleCatalogue.Get(finding.Rule);
        output.WriteLine($"  {Paint(rule.Severity >= Severity.High ? Red : Yellow, rule.Severity.ToString().ToUpperInvariant())}  {rule.Id}  {rule.Title}");
        output.WriteLine($"    {Plain(finding.Endpoint)}{(finding.Source is { } source ? $"  ({Plain(source.File)}:{source.Line})" : "")}");
        output.WriteLine($"    {Plain(finding.Summary)}");
        foreach (var line in finding.Evidence.Take(1).SelectMany(FindingText.Lines).Take(MaxLines)) output.WriteLine(Paint(Dim, $"      {Plain(line)}"));
        output.WriteLine($"    {Plain(finding.Remedy ?? rule.Remedy)}");
        output.WriteLine(Paint(Dim, $"    roadworthy replay {finding.Id}"));
        output.WriteLine();
    }

    private void InShort(Finding finding)
    {
        var rule = RuleCatalogue.Get(finding.Rule);
        output.WriteLine($"    {rule.Id}  {Plain(finding.Endpoint)}  {Plain(finding.Summary)}");
    }

    private void NotTried(InspectionReport report)
    {
        var reasons = report.Results.Where(result => result.Verdict == Verdict.Inconclusive)
            .GroupBy(result => (result.Rule, result.Reason)).OrderBy(group => group.Key.Rule, StringComparer.Ordinal).ToList();
        if (reasons.Count == 0) return;
        output.WriteLine("  Not proved, and why:");
        foreach (var reason in reasons.Take(InFull))
        {
            var endpoints = reason.Count();
            output.WriteLine(Paint(Dim, $"    {reason.Key.Rule}  {Plain(reason.Key.Reason)}{(endpoints > 1 ? $" ({endpoints} endpoints)" : "")}"));
        }

        if (reasons.Count > InFull) output.WriteLine(Paint(Dim, string.Create(CultureInfo.InvariantCulture, $"    and {reasons.Count - InFull} more: see the report")));
        output.WriteLine();
    }

    private string Paint(string color, string text) => colors ? $"{color}{text}\u001b[0m" : text;

    // Whatever the backend said can't move the cursor, colour the terminal or turn the text round; one finding is one line.
    private static string Plain(string text)
    {
        var plain = string.Create(text.Length, text, static (span, source) =>
        {
            for (var index = 0; index < source.Length; index++)
                span[index] = char.IsControl(source[index]) || char.GetUnicodeCategory(source[index]) == UnicodeCategory.Format ? ' ' : source[index];
        });
        return plain.Length > 240 ? $"{plain[..240]}…" : plain;
    }
}

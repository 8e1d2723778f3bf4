using Roadworthy.Inspection.Findings;
using Roadworthy.Inspection.Reports;

namespace Roadworthy.Inspection.Configuration;

/// <summary>Takes out of a report what is suppressed, and what the baseline knows.</summary>
internal static class Sieve
{
    public static InspectionReport Apply(InspectionReport report, IReadOnlyList<Suppression> suppressions, IReadOnlySet<string> known)
    {
        var (suppressed, recognised, results) = (new List<SuppressedFinding>(), new List<Finding>(), new List<RuleResult>());
        foreach (var result in report.Results)
        {
            var left = new List<Finding>();
            foreach (var finding in result.Findings)
            {
                if (suppressions.FirstOrDefault(each => each.Covers(finding)) is { } by) suppressed.Add(new SuppressedFinding(finding, by.Reason));
                else if (known.Contains(finding.Id)) recognised.Add(finding);
                else left.Add(finding);
            }

            results.Add(Rest(result, left));
        }

        var idle = suppressions.Where(each => suppressed.All(one => !each.Covers(one.Finding))).Select(each => $"The suppression of {each} (line {each.Line}) met no finding: take it out once that is mended.");
        return report with { Results = results, Suppressed = suppressed, Known = recognised, Run = report.Run with { Notes = [.. report.Run.Notes, .. idle] } };
    }

    // It did not hold, and is not to count: neither pass nor fail.
    private static RuleResult Rest(RuleResult result, List<Finding> left) =>
        left.Count == result.Findings.Count ? result
        : left.Count > 0 ? RuleResult.Of(result.Definition, result.Endpoint, left)
        : RuleResult.Inconclusive(result.Definition, result.Endpoint, "It was found, and is known or suppressed.");
}

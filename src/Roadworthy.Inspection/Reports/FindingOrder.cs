using Roadworthy.Inspection.Findings;

namespace Roadworthy.Inspection.Reports;

/// <summary>The order in which people should read: the gravest first, then by rule and endpoint.</summary>
internal static class FindingOrder
{
    public static IEnumerable<Finding> Sort(IEnumerable<Finding> findings) => findings
        .DistinctBy(finding => finding.Id, StringComparer.Ordinal)
        .OrderByDescending(finding => RuleCatalogue.Get(finding.Rule).Severity)
        .ThenBy(finding => finding.Rule, StringComparer.Ordinal)
        .ThenBy(finding => finding.Endpoint, StringComparer.Ordinal)
        .ThenBy(finding => finding.Fingerprint, StringComparer.Ordinal);
}

using Roadworthy.Inspection.Findings;

namespace Roadworthy.Inspection.Configuration;

/// <summary>Findings that somebody has looked at and lives with.</summary>
/// <param name="Id">Of one finding; null where rule and endpoint say it.</param>
/// <param name="Rule">The rule's id; null where an id is given.</param>
/// <param name="Endpoint">Method and path, or <c>*</c> for what is of no single one; null where an id is given.</param>
/// <param name="Fingerprint">One finding of that rule at that endpoint; null for all of them.</param>
/// <param name="Reason">Why.</param>
/// <param name="Line">Where it stands in its file.</param>
internal sealed record Suppression(string? Id, string? Rule, string? Endpoint, string? Fingerprint, string Reason, int Line)
{
    public bool Covers(Finding finding) => Id is not null
        ? string.Equals(Id, finding.Id, StringComparison.OrdinalIgnoreCase)
        : string.Equals(Rule, finding.Rule, StringComparison.OrdinalIgnoreCase) && Endpoint == finding.Endpoint && (Fingerprint is null || Fingerprint == finding.Fingerprint);

    public override string ToString() => Id ?? $"{Rule} at {Endpoint}";
}

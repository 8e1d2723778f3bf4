using System.Text.Json.Serialization;

namespace Roadworthy.Inspection.Findings;

/// <summary>What one rule says of one endpoint, or of the whole backend.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Endpoint">Method and path; <see cref="Everywhere"/> for what is of no single endpoint.</param>
/// <param name="Verdict">What it says.</param>
/// <param name="Reason">Why, in a sentence. For <see cref="Verdict.Inconclusive"/> what was missing, and how to have it tried.</param>
/// <param name="Findings">What was found; empty for a pass and for what is inconclusive.</param>
public sealed record RuleResult(string Rule, string Endpoint, Verdict Verdict, string Reason, IReadOnlyList<Finding> Findings)
{
    /// <summary>The endpoint of what is of no single one.</summary>
    public const string Everywhere = "*";

    /// <summary>It was tried and held.</summary>
    public static RuleResult Pass(Rule rule, string endpoint, string reason) => Of(rule, endpoint, Verdict.Pass, reason);

    /// <summary>It proves nothing, and why.</summary>
    public static RuleResult Inconclusive(Rule rule, string endpoint, string reason) => Of(rule, endpoint, Verdict.Inconclusive, reason);

    /// <summary>The result that follows from findings: the worst of theirs.</summary>
    /// <exception cref="ArgumentException">There is none, or one is of another rule.</exception>
    public static RuleResult Of(Rule rule, string endpoint, IReadOnlyList<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(rule);
        if (findings.Count == 0) throw new ArgumentException("A result of findings needs one.", nameof(findings));
        if (findings.FirstOrDefault(finding => finding.Rule != rule.Id) is { } other) throw new ArgumentException($"A finding of {other.Rule} is no result of {rule.Id}.", nameof(findings));
        return new(rule.Id, endpoint, findings.Max(finding => finding.Verdict), findings[0].Summary, findings);
    }

    /// <summary>The rule itself.</summary>
    [JsonIgnore]
    public Rule Definition => RuleCatalogue.Get(Rule);

    private static RuleResult Of(Rule rule, string endpoint, Verdict verdict, string reason)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return new(rule.Id, endpoint, verdict, reason, []);
    }
}

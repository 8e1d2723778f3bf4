using Roadworthy.Inspection.Findings;

namespace Roadworthy.Inspection.Reports;

/// <summary>Everything that an inspection has to say: what each form of report is made from.</summary>
public sealed record InspectionReport
{
    /// <summary>Of what, and how.</summary>
    public required RunFacts Run { get; init; }

    /// <summary>What each rule says of each endpoint.</summary>
    public required IReadOnlyList<RuleResult> Results { get; init; }

    /// <summary>Findings that roadworthy.json suppresses, with the reason that it gives.</summary>
    public IReadOnlyList<SuppressedFinding> Suppressed { get; init; } = [];

    /// <summary>Findings that the baseline knows already.</summary>
    public IReadOnlyList<Finding> Known { get; init; } = [];

    /// <summary>Whether the inspection came to its end; where it was stopped, the report holds what there was.</summary>
    public bool IsComplete { get; init; } = true;

    /// <summary>The findings that count, the gravest first.</summary>
    public IReadOnlyList<Finding> Findings => [.. FindingOrder.Sort(Results.SelectMany(result => result.Findings).Where(finding => finding.Verdict == Verdict.Fail))];

    /// <summary>What is worth a look.</summary>
    public IReadOnlyList<Finding> Advisories => [.. FindingOrder.Sort(Results.SelectMany(result => result.Findings).Where(finding => finding.Verdict == Verdict.Advisory))];

    /// <summary>What makes the exit code 1. Default: every finding.</summary>
    public FailOn FailOn { get; init; } = FailOn.Low;

    /// <summary>The exit code: 0 clean, 1 findings, 3 inconclusive: nothing was found, and nothing could be tried, or not to the end.</summary>
    public int ExitCode => Counting ? 1 : IsComplete && (Results.Any(result => result.Verdict is not Verdict.Inconclusive) || Suppressed.Count + Known.Count > 0) ? 0 : 3;

    private bool Counting => (FailOn == FailOn.Advisory && Advisories.Count > 0)
        || (FailOn != FailOn.Never && Findings.Any(finding => FailOn == FailOn.Advisory || (int)RuleCatalogue.Get(finding.Rule).Severity >= (int)FailOn));

    /// <summary>How many results are of a verdict.</summary>
    public int Count(Verdict verdict) => Results.Count(result => result.Verdict == verdict);
}

/// <summary>From what on a run is one with findings (<c>--fail-on</c>).</summary>
public enum FailOn
{
    /// <summary>An advisory too.</summary>
    Advisory = 0,

    /// <summary>Every finding.</summary>
    Low = Severity.Low,

    /// <summary>A finding of medium severity or worse.</summary>
    Medium = Severity.Medium,

    /// <summary>A finding of high severity or worse.</summary>
    High = Severity.High,

    /// <summary>A critical finding.</summary>
    Critical = Severity.Critical,

    /// <summary>Nothing: the report is all that is wanted.</summary>
    Never = 9,
}

/// <summary>What was inspected.</summary>
/// <param name="Name">What it is called in the report: the folder's name, or what was given.</param>
/// <param name="Command">How the backend was started; null where it was running.</param>
/// <param name="Description">Where the description of the API came from.</param>
/// <param name="Endpoints">How many endpoints it has.</param>
/// <param name="Driven">How many of them answered with success to at least one request.</param>
/// <param name="Seed">What repeats the same choices.</param>
/// <param name="StartedAt">When, UTC.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Requests">Requests that were sent.</param>
/// <param name="Database">What PostgreSQL it was, such as <c>PostgreSQL 15.18</c>.</param>
/// <param name="Notes">What a reader has to know: what could not be had.</param>
public sealed record RunFacts(
    string Name, string? Command, string Description, int Endpoints, int Driven, long Seed, DateTimeOffset StartedAt, double Seconds, int Requests, string Database,
    IReadOnlyList<string> Notes)
{
    /// <summary>The version of the tool.</summary>
    public string Version { get; init; } = Repository.Version;
}

/// <param name="Finding">What was found.</param>
/// <param name="Reason">Why it is suppressed.</param>
public sealed record SuppressedFinding(Finding Finding, string Reason);

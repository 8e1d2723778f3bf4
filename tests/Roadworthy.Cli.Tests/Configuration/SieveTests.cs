using Roadworthy.Cli.Tests.Support;
using Roadworthy.Inspection;
using Roadworthy.Inspection.Configuration;
using Roadworthy.Inspection.Findings;
using Roadworthy.Inspection.Reports;

namespace Roadworthy.Cli.Tests.Configuration;

public sealed class SieveTests
{
    private static readonly Finding First = Finding("GET /a", "one");
    private static readonly Finding Second = Finding("GET /a", "two");

    [Fact]
    public void A_suppressed_finding_counts_for_nothing_and_is_shown_with_its_reason()
    {
        var report = Sieve.Apply(Report(First, Second), [new(null, "RW250", "GET /a", "one", "Ten rows at most.", 4)], Known());
        Assert.Equal([Second.Id], report.Findings.Select(finding => finding.Id));
        Assert.Equal(("Ten rows at most.", First.Id), (report.Suppressed[0].Reason, report.Suppressed[0].Finding.Id));
        Assert.Equal(1, report.ExitCode);
        Assert.Equal(0, Sieve.Apply(Report(First, Second), [new(null, "rw250", "GET /a", null, "Both.", 4)], Known()).ExitCode);
        Assert.Equal(0, Sieve.Apply(Report(First), [new(First.Id, null, null, null, "By its id.", 4)], Known()).ExitCode);
    }

    [Fact]
    public void What_is_suppressed_does_not_pass_either()
    {
        var report = Sieve.Apply(Report(First), [new(First.Id, null, null, null, "It is lived with.", 4)], Known());
        Assert.Equal(0, report.Count(Verdict.Pass));
        Assert.Contains("1 suppressed", MarkdownSummary.Write(report), StringComparison.Ordinal);
    }

    [Fact]
    public void A_suppression_that_meets_nothing_is_told()
    {
        var report = Sieve.Apply(Report(First), [new(null, "RW250", "GET /b", null, "Elsewhere.", 12)], Known());
        Assert.Contains(report.Run.Notes, note => note.Contains("RW250 at GET /b (line 12) met no finding", StringComparison.Ordinal));
    }

    [Fact]
    public void A_baseline_takes_what_is_known_and_lets_what_is_new_stand_out()
    {
        using var folder = new Folder();
        var file = folder["known.json"];
        Baseline.Write(file, Report(First));
        var report = Sieve.Apply(Report(First, Second), [], Baseline.Read(file));
        Assert.Equal([First.Id], report.Known.Select(finding => finding.Id));
        Assert.Equal([Second.Id], report.Findings.Select(finding => finding.Id));
        // Written anew, it keeps what is still there.
        Baseline.Write(file, report);
        Assert.True(Baseline.Read(file).SetEquals([First.Id, Second.Id]));
    }

    [Fact]
    public void A_baseline_that_is_none_is_refused_with_what_to_do()
    {
        using var folder = new Folder();
        folder.Write("known.json", "{}");
        Assert.Contains("--update-baseline", Assert.Throws<InspectionException>(() => Baseline.Read(folder["known.json"])).Message, StringComparison.Ordinal);
        Assert.Contains("--update-baseline", Assert.Throws<InspectionException>(() => Baseline.Read(folder["none.json"])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FailOn.Low, 1)]
    [InlineData(FailOn.High, 1)]
    [InlineData(FailOn.Critical, 0)]
    [InlineData(FailOn.Never, 0)]
    [InlineData(FailOn.Advisory, 1)]
    public void A_run_fails_from_the_severity_on_that_was_asked_for(FailOn failOn, int code) =>
        Assert.Equal(code, (Report(First) with { FailOn = failOn }).ExitCode);

    private static HashSet<string> Known() => new(StringComparer.Ordinal);

    private static Finding Finding(string endpoint, string fingerprint) => new()
    {
        Rule = "RW250",
        Endpoint = endpoint,
        Verdict = Verdict.Fail,
        Fingerprint = fingerprint,
        Summary = "51 statements for 50 users.",
        Evidence = [new LogEvidence("Its output", [])],
    };

    private static InspectionReport Report(params Finding[] findings) => new()
    {
        Run = new("shop", "npm start", "openapi.json", 1, 1, 1, default, 1, 1, "PostgreSQL 15", []),
        Results = [RuleResult.Of(QueryRules.NPlusOne, "GET /a", findings)],
    };
}

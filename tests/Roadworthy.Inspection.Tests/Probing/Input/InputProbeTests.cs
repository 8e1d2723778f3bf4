using Roadworthy.Inspection.Findings;
using Roadworthy.Inspection.Probing.Input;
using Roadworthy.Inspection.Reports;
using Roadworthy.Inspection.Tests.Support;

namespace Roadworthy.Inspection.Tests.Probing.Input;

public sealed class InputProbeTests
{
    [Fact]
    public async Task What_a_careless_endpoint_takes_is_found_and_its_careful_twin_is_not_reported()
    {
        Inspected.RequirePython();
        var report = await Inspected.ByAsync(Inspected.Desk, new InputProbe());
        Assert.Equal(
            [
                "RW150 POST /measures", "RW151 POST /measures", "RW152 *", "RW154 POST /measures", "RW155 POST /measures", "RW156 DELETE /notes/{id}", "RW156 GET /measures", "RW156 GET /notes/{id}", "RW156 PUT /notes/{id}",
            ],
            report.Found().Where(each => !each.EndsWith("(advisory)", StringComparison.Ordinal)).Distinct());
        var summaries = report.Results.SelectMany(result => result.Findings).Select(finding => $"{finding.Rule} {finding.Summary}").ToList();
        // A process that ends is started again, and all that comes after is still tried.
        Assert.Contains("RW150 label as text with a NUL: the backend's process ends", summaries);
        Assert.Contains("RW150 label as 5,000 characters: answers 500 (SQLSTATE 22001)", summaries);
        Assert.Contains(summaries, summary => summary.StartsWith("RW154 exact: false as text is taken, and the answer has \"true\"", StringComparison.Ordinal));
        Assert.Contains(summaries, summary => summary.StartsWith("RW154 amount: an object in place of a scalar is taken, and the answer has \"0\"", StringComparison.Ordinal));
        Assert.Contains(summaries, summary => summary.StartsWith("RW154 taken: a time with another offset than UTC is taken", StringComparison.Ordinal));
        Assert.Contains(summaries, summary => summary.StartsWith("RW155 level: left out is taken", StringComparison.Ordinal));
        // A crash is told by the exception and its own frame.
        var missing = Findings(report, InputRules.ServerError).Single(finding => finding.Summary.StartsWith("label as left out, and 2 more", StringComparison.Ordinal));
        Assert.StartsWith("KeyError File ", missing.Fingerprint, StringComparison.Ordinal);
        Assert.EndsWith("server.py", missing.Source!.File, StringComparison.Ordinal);
        // What was tried is taken back.
        Assert.DoesNotContain(report.Results, result => result.Verdict == Verdict.Inconclusive && result.Endpoint.EndsWith("/samples", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_finding_can_be_repeated_and_one_that_is_not_there_is_told_as_mended()
    {
        Inspected.RequirePython();
        var found = await Inspected.ReplayAsync(Inspected.Desk, "input [\"RW154\",\"POST /measures\",\"/exact\",\"text-false\"]", new InputProbe());
        Assert.True(found.IsFound, found.Text);
        var mended = await Inspected.ReplayAsync(Inspected.Desk, "input [\"RW154\",\"POST /samples\",\"/exact\",\"text-false\"]", new InputProbe());
        Assert.False(mended.IsFound, mended.Text);
        var unknown = await Inspected.ReplayAsync(Inspected.Desk, "input [\"RW154\",\"POST /gone\",\"/exact\",\"text-false\"]", new InputProbe());
        Assert.Null(unknown.IsFound);
    }

    private static IEnumerable<Finding> Findings(InspectionReport report, Rule rule) => report.Results.Where(result => result.Rule == rule.Id).SelectMany(result => result.Findings);
}

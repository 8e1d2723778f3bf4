using Roadworthy.Inspection.Backend;
using Roadworthy.Inspection.Findings;
using Roadworthy.Inspection.Probing.Input;
using Roadworthy.Inspection.Tests.Support;

namespace Roadworthy.Inspection.Tests.Driving;

public sealed class DeathTests
{
    [Theory]
    [InlineData("print", "an ordinary request: the backend's process ends", "no printer")]
    [InlineData("mail", "an ordinary request: the backend's process ends a while after its answer", "no mail server")]
    public async Task A_request_that_ends_the_process_in_the_survey_is_a_finding_and_all_others_are_still_asked(string fault, string summary, string log)
    {
        Require();
        var report = await Inspected.ByAsync(Mortal(fault), new InputProbe());
        var found = Assert.Single(report.Results.SelectMany(result => result.Findings));
        Assert.Equal(("RW150", $"POST /notes/{fault}", Verdict.Fail), (found.Rule, found.Endpoint, found.Verdict));
        Assert.StartsWith(summary, found.Summary, StringComparison.Ordinal);
        Assert.Contains(found.Evidence.OfType<LogEvidence>().Single().Lines, line => line.Contains(log, StringComparison.Ordinal));
        Assert.EndsWith("server.js", found.Source!.File, StringComparison.Ordinal);
        // What it had nothing to do with is driven, and probed.
        Assert.Equal(4, report.Run.Driven);
        Assert.Contains(report.Results, result => result is { Rule: "RW150", Endpoint: "POST /notes", Verdict: Verdict.Pass });
    }

    [Fact]
    public async Task Such_a_finding_can_be_repeated_and_is_told_as_mended_where_the_backend_lives()
    {
        Require();
        const string Recipe = "input [\"RW150\",\"POST /notes/print\",\"\",\"as it is\"]";
        var found = await Inspected.ReplayAsync(Mortal("print"), Recipe, new InputProbe());
        Assert.True(found.IsFound, found.Text);
        var mended = await Inspected.ReplayAsync(Mortal("none"), Recipe, new InputProbe());
        Assert.False(mended.IsFound, mended.Text);
    }

    private static void Require() => Assert.SkipUnless(Fixtures.Has("node", "--version"), "node is not installed.");

    private static BackendOptions Mortal(string fault) => new() { Command = "node server.js", Directory = Fixtures.Folder("node-mortal"), Variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["FAULT"] = fault } };
}

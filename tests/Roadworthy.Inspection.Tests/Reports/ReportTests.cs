using System.Text.Json;
using System.Xml.Linq;
using Roadworthy.Inspection.Findings;
using Roadworthy.Inspection.Reports;

namespace Roadworthy.Inspection.Tests.Reports;

public sealed class ReportTests
{
    [Fact]
    public void The_gravest_finding_comes_first_and_advisories_are_no_findings()
    {
        var report = Sample.Report();
        Assert.Equal(["RW350", "RW250", "RW453", "RW153"], report.Findings.Select(finding => finding.Rule));
        Assert.Equal(["RW251"], report.Advisories.Select(finding => finding.Rule));
        Assert.Equal(1, report.ExitCode);
    }

    [Fact]
    public void Nothing_found_is_clean_only_where_something_held()
    {
        var report = Sample.Report();
        Assert.Equal(0, (report with { Results = [report.Results[5], report.Results[6]] }).ExitCode);
        Assert.Equal(0, (report with { Results = [report.Results[4]] }).ExitCode);
        Assert.Equal(3, (report with { Results = [report.Results[6]] }).ExitCode);
        Assert.Equal(3, (report with { Results = [] }).ExitCode);
    }

    [Fact]
    public void A_finding_has_the_same_id_in_every_run_and_another_for_another_place()
    {
        var finding = Sample.NPlusOne("now");
        Assert.Equal(finding.Id, Sample.NPlusOne("later").Id);
        Assert.StartsWith("RW250-", finding.Id, StringComparison.Ordinal);
        Assert.NotEqual(finding.Id, (finding with { Endpoint = "GET /api/orders" }).Id);
        Assert.NotEqual(finding.Id, (finding with { Fingerprint = "SELECT 1" }).Id);
    }

    [Fact]
    public void JSON_holds_every_finding_with_its_evidence_and_reads_back()
    {
        using var json = JsonDocument.Parse(JsonReport.Write(Sample.Report(Sample.Hostile)));
        var findings = json.RootElement.GetProperty("findings");
        Assert.Equal(4, findings.GetArrayLength());
        Assert.Equal("growth", findings[1].GetProperty("evidence")[0].GetProperty("kind").GetString());
        Assert.Equal(Sample.Hostile, findings[1].GetProperty("evidence")[0].GetProperty("series")[0].GetProperty("name").GetString());
        Assert.Equal(4, json.RootElement.GetProperty("counts").GetProperty("fail").GetInt32());
    }

    [Fact]
    public void JUnit_is_XML_whatever_the_backend_said_and_skips_what_is_inconclusive()
    {
        var xml = XDocument.Parse(JunitReport.Write(Sample.Report($"{Sample.Hostile}\ud800\uffff\0")));
        var cases = xml.Descendants("testcase").ToList();
        Assert.Equal(7, cases.Count);
        Assert.Equal(4, cases.Count(one => one.Element("failure") is not null));
        Assert.Single(cases, one => one.Element("skipped") is not null);
        Assert.Contains("roadworthy replay RW250-", cases.Single(one => one.Attribute("classname")!.Value.StartsWith("RW250", StringComparison.Ordinal)).Value, StringComparison.Ordinal);
    }

    [Fact]
    public void SARIF_points_to_the_source_and_keeps_its_fingerprints()
    {
        var report = Sample.Report() with { Suppressed = [new(Sample.NPlusOne("x") with { Endpoint = "GET /old" }, "It is going away in May.")] };
        using var json = JsonDocument.Parse(SarifReport.Write(report));
        var run = json.RootElement.GetProperty("runs")[0];
        var results = run.GetProperty("results").EnumerateArray().ToList();
        var one = results.Single(result => result.GetProperty("ruleId").GetString() == "RW250" && !result.TryGetProperty("suppressions", out _));
        var place = one.GetProperty("locations")[0].GetProperty("physicalLocation");
        Assert.Equal("src/routes/dashboard.mjs", place.GetProperty("artifactLocation").GetProperty("uri").GetString());
        Assert.Equal(41, place.GetProperty("region").GetProperty("startLine").GetInt32());
        Assert.Equal(Sample.NPlusOne("").Id, one.GetProperty("partialFingerprints").GetProperty("roadworthy/v1").GetString());
        Assert.Equal("RW250", run.GetProperty("tool").GetProperty("driver").GetProperty("rules")[one.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString());
        Assert.Equal("It is going away in May.", results.Single(result => result.TryGetProperty("suppressions", out _)).GetProperty("suppressions")[0].GetProperty("justification").GetString());
    }

    [Fact]
    public void The_summary_for_a_pull_request_is_short_and_what_the_backend_said_is_no_markup()
    {
        var text = MarkdownSummary.Write(Sample.Report(Sample.Hostile));
        Assert.StartsWith("**roadworthy inspect**: 4 findings, 1 advisory, 1 passed, 1 inconclusive", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)), line => Assert.Equal(5, line.Replace(@"\|", "", StringComparison.Ordinal).Count(character => character == '|')));
    }

    [Fact]
    public void The_terminal_shows_no_control_character_of_the_backends()
    {
        var output = new StringWriter();
        new TerminalReport(output, colors: false).Write(Sample.Report(Sample.Hostile), ["report.html"]);
        var text = output.ToString();
        Assert.DoesNotContain(text, character => (char.IsControl(character) && character is not '\n' and not '\r') || character == '\u202e');
        Assert.Contains("CRITICAL  RW350", text, StringComparison.Ordinal);
        Assert.Contains("Not proved, and why:", text, StringComparison.Ordinal);
        Assert.Contains("11 of 12 endpoints driven, seed 42", text, StringComparison.Ordinal);
    }
}

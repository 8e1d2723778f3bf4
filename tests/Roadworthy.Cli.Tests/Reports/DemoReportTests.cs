using System.Text.Json.Nodes;
using Roadworthy.Cli.Tests.Support;
using Roadworthy.Inspection.Findings;
using Roadworthy.Inspection.Reports;

namespace Roadworthy.Cli.Tests.Reports;

public sealed class DemoReportTests
{
    [Fact]
    public void The_page_and_its_json_tell_of_each_backend_also_of_one_that_could_not_be_inspected()
    {
        using var folder = new Folder();
        var finding = new Finding { Rule = "RW250", Endpoint = "GET /a", Verdict = Verdict.Fail, Fingerprint = "x", Summary = "51 statements <img src=x>", Evidence = [new LogEvidence("Its output", ["</script>"])] };
        var report = new InspectionReport
        {
            Run = new("first", "npm start", "openapi.json", 1, 1, 1, default, 12.5, 1, "PostgreSQL 15", []),
            Results = [RuleResult.Of(QueryRules.NPlusOne, "GET /a", [finding]), RuleResult.Pass(AccessRules.OthersRead, "GET /a", "It held.")],
        };
        DemoReport.Write(folder.Path, [new("first", "As it was generated.", report, null), new("second", "Done right.", null, "npm was not found.")]);

        var page = File.ReadAllText(folder["index.html"]);
        Assert.Contains("1 found", page, StringComparison.Ordinal);
        Assert.Contains("first/report.html", page, StringComparison.Ordinal);
        Assert.Contains("npm was not found.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        var json = JsonNode.Parse(File.ReadAllText(folder["demo.json"]))!.AsArray();
        Assert.Equal(finding.Id, json[0]!["findings"]![0]!["id"]!.GetValue<string>());
        Assert.Equal("npm was not found.", json[1]!["trouble"]!.GetValue<string>());
    }
}

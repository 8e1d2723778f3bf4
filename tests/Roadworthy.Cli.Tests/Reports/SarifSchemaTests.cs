using Roadworthy.Cli.Tests.Support;
using Roadworthy.Inspection.Findings;
using Roadworthy.Inspection.Reports;

namespace Roadworthy.Cli.Tests.Reports;

/// <summary>Against the schema that the standard's makers publish, in a package of npm.</summary>
[Trait("Category", "Long")]
public sealed class SarifSchemaTests
{
    private static readonly string Fixture = Folder.Fixture("sarif-schema");

    [Fact]
    public async Task The_report_keeps_the_schema_and_a_broken_one_does_not()
    {
        await Programs.RequireAsync(Fixture, "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
        var sarif = SarifReport.Write(Report());
        Assert.Equal("", await CheckAsync(sarif));
        Assert.Contains("/results", (await CheckAsync(sarif.Replace("\"ruleIndex\": ", "\"ruleIndex\": -", StringComparison.Ordinal))).Replace('.', '/'), StringComparison.Ordinal);
        Assert.NotEqual("", await CheckAsync(sarif.Replace("\"ruleId\"", "\"rule\"", StringComparison.Ordinal)));
    }

    private static async Task<string> CheckAsync(string sarif)
    {
        var (code, printed) = await Programs.RunAsync(Fixture, sarif, "node", "check.cjs");
        Assert.True(code == 0, printed);
        return printed;
    }

    private static InspectionReport Report()
    {
        Finding Of(Rule rule, Verdict verdict, SourceLocation? source) => new()
        {
            Rule = rule.Id,
            Endpoint = "GET /orders/{id}",
            Verdict = verdict,
            Fingerprint = "x",
            Summary = "Something & \"quoted\" </script>.",
            Evidence = [new LogEvidence("Its output", [])],
            Source = source,
        };
        return new InspectionReport
        {
            Run = new("shop", "npm start", "openapi.json", 1, 1, 1, DateTimeOffset.UnixEpoch, 12.5, 1, "PostgreSQL 15", []),
            Results =
            [
                RuleResult.Of(QueryRules.UnboundedList, "GET /orders/{id}", [Of(QueryRules.UnboundedList, Verdict.Fail, new("C:\\shop api\\src\\orders.ts", 41))]),
                RuleResult.Of(QueryRules.Repeated, "GET /orders/{id}", [Of(QueryRules.Repeated, Verdict.Advisory, null)]),
                RuleResult.Pass(AccessRules.OthersRead, "GET /orders/{id}", "It held."),
            ],
            Suppressed = [new(Of(ErrorRules.Leak, Verdict.Fail, new("src/a.js", 1)), "Lived with.")],
            Known = [Of(ErrorRules.Hangs, Verdict.Fail, null)],
        };
    }
}

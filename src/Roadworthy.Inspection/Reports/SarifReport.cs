using System.Text.Json;
using System.Text.Json.Nodes;
using Roadworthy.Inspection.Findings;

namespace Roadworthy.Inspection.Reports;

/// <summary>
/// The report as SARIF 2.1.0 (OASIS), for code scanning (<c>report.sarif</c>). A finding stands at the source line that the backend's output told, else at
/// the line of the API's description; its fingerprint is the same from run to run.
/// </summary>
public static class SarifReport
{
    private const string Schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    /// <summary>The report's text.</summary>
    public static string Write(InspectionReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var rules = RuleCatalogue.All.Select(rule => rule.Id).ToList();
        var results = new JsonArray();
        foreach (var finding in report.Findings.Concat(report.Advisories)) results.Add(Result(finding, rules, "new"));
        foreach (var finding in report.Known) results.Add(Result(finding, rules, "unchanged"));
        foreach (var suppressed in report.Suppressed)
        {
            var result = Result(suppressed.Finding, rules, "unchanged");
            result["suppressions"] = new JsonArray(new JsonObject { ["kind"] = "external", ["justification"] = suppressed.Reason });
            results.Add(result);
        }

        var run = new JsonObject
        {
            ["tool"] = new JsonObject
            {
                ["driver"] = new JsonObject
                {
                    ["name"] = "roadworthy",
                    ["version"] = report.Run.Version,
                    ["semanticVersion"] = report.Run.Version,
                    ["informationUri"] = Repository.Address,
                    ["rules"] = new JsonArray([.. RuleCatalogue.All.Select(Descriptor)]),
                },
            },
            ["invocations"] = new JsonArray(new JsonObject
            {
                ["executionSuccessful"] = report.IsComplete,
                ["startTimeUtc"] = Instant(report.Run.StartedAt),
                ["endTimeUtc"] = Instant(report.Run.StartedAt.AddSeconds(report.Run.Seconds)),
            }),
            ["results"] = results,
        };
        var document = new JsonObject { ["$schema"] = Schema, ["version"] = "2.1.0", ["runs"] = new JsonArray(run) };
        return document.ToJsonString(ReportJson.Indented) + "\n";
    }

    private static JsonObject Descriptor(Rule rule) => new()
    {
        ["id"] = rule.Id,
        ["name"] = string.Concat(rule.Title.Where(char.IsLetterOrDigit)),
        ["shortDescription"] = Message(rule.Title),
        ["fullDescription"] = Message(rule.Fault),
        ["help"] = Message(rule.Remedy),
        ["helpUri"] = rule.HelpUri,
        ["defaultConfiguration"] = new JsonObject { ["level"] = rule.Severity >= Severity.High ? "error" : "warning" },
        ["properties"] = new JsonObject { ["tags"] = new JsonArray(rule.Hazard.ToString().ToLowerInvariant()) },
    };

    private static JsonObject Result(Finding finding, List<string> rules, string state)
    {
        var rule = RuleCatalogue.Get(finding.Rule);
        return new()
        {
            ["ruleId"] = finding.Rule,
            ["ruleIndex"] = rules.IndexOf(rule.Id),
            ["level"] = finding.Verdict == Verdict.Advisory ? "note" : rule.Severity >= Severity.High ? "error" : "warning",
            ["message"] = Message($"{finding.Endpoint}: {finding.Summary} {finding.Remedy ?? rule.Remedy}"),
            ["locations"] = new JsonArray(Location(finding)),
            ["partialFingerprints"] = new JsonObject { ["roadworthy/v1"] = finding.Id },
            ["baselineState"] = state,
            ["properties"] = new JsonObject { ["replay"] = $"roadworthy replay {finding.Id}" },
        };
    }

    private static JsonObject Location(Finding finding)
    {
        var location = new JsonObject
        {
            ["logicalLocations"] = new JsonArray(new JsonObject { ["fullyQualifiedName"] = finding.Endpoint, ["kind"] = "member" }),
        };
        if (finding.Source is { } source)
        {
            location["physicalLocation"] = new JsonObject
            {
                ["artifactLocation"] = new JsonObject { ["uri"] = UriOf(source.File) },
                ["region"] = new JsonObject { ["startLine"] = Math.Max(1, source.Line) },
            };
        }

        return location;
    }

    // A relative reference: forward slashes, and nothing that a URI can't hold.
    private static string UriOf(string file) => string.Join('/', file.Replace('\\', '/').Split('/').Select(Uri.EscapeDataString));

    private static JsonObject Message(string text) => new() { ["text"] = text };

    private static string Instant(DateTimeOffset time) => JsonSerializer.SerializeToNode(time.UtcDateTime)!.GetValue<string>();
}

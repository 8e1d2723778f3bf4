using System.Text.Json;
using System.Text.Json.Nodes;
using Roadworthy.Inspection.Findings;
using Roadworthy.Inspection.Reports;

namespace Roadworthy.Inspection.Configuration;

/// <summary>The findings of a day on which somebody began: what comes later stands out from them.</summary>
internal static class Baseline
{
    /// <exception cref="InspectionException">It is no baseline.</exception>
    public static IReadOnlySet<string> Read(string file)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(file))!["findings"]!.AsArray().Select(finding => finding!["id"]!.GetValue<string>()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        }
        catch (FileNotFoundException e)
        {
            throw new InspectionException($"There is no baseline '{file}'. --update-baseline writes it.", e);
        }
        catch (Exception e) when (e is JsonException or NullReferenceException or InvalidOperationException)
        {
            throw new InspectionException($"'{file}' is no baseline. --update-baseline writes it anew.", e);
        }
    }

    /// <summary>Those of a report, the known ones that are still there included. The text beside each id is for people.</summary>
    public static void Write(string file, InspectionReport report)
    {
        var findings = FindingOrder.Sort(report.Findings.Concat(report.Advisories).Concat(report.Known));
        var document = new JsonObject
        {
            ["version"] = 1,
            ["findings"] = new JsonArray([.. findings.Select(finding => (JsonNode)new JsonObject { ["id"] = finding.Id, ["title"] = RuleCatalogue.Get(finding.Rule).Title, ["endpoint"] = finding.Endpoint })]),
        };
        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder) Directory.CreateDirectory(folder);
        ReportFiles.Put(file, document.ToJsonString(ReportJson.Indented) + "\n");
    }
}

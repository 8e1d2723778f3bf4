using System.Text.Json.Nodes;
using Roadworthy.Inspection.Configuration;
using Roadworthy.Inspection.Reports;

namespace Roadworthy.Inspection.Runs;

/// <summary>How a repository's backend is probably started.</summary>
/// <param name="Command">For a shell.</param>
/// <param name="Why">By what it was recognised, a sentence.</param>
internal sealed record Proposal(string Command, string Why)
{
    /// <summary>What to look out for, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>roadworthy.json as it would be written.</summary>
    /// <param name="name">What reports call the backend.</param>
    /// <param name="migrate">What brings its schema up; null for nothing that a shell runs.</param>
    public string ToConfig(string name, string? migrate)
    {
        var config = new JsonObject { ["$schema"] = $"{Findings.Repository.Address}/raw/main/docs/roadworthy.schema.json", ["name"] = name, ["command"] = Command };
        if (migrate is not null) config["migrate"] = migrate;
        config["budget"] = "60s";
        config["suppressions"] = new JsonArray();
        var text = config.ToJsonString(ReportJson.Indented) + "\n";
        // It has to be one that is read again.
        ConfigReader.Read(text, InspectConfig.FileName);
        return text;
    }
}

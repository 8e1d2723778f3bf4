using System.Text.Json;
using System.Text.Json.Nodes;
using Roadworthy.Inspection.Findings;
using Roadworthy.Inspection.Reports;

namespace Roadworthy.Inspection.Configuration;

/// <summary>The JSON schema of roadworthy.json, made from what the reader takes (docs/roadworthy.schema.json).</summary>
internal static class ConfigSchema
{
    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write()
    {
        var schema = Object(ConfigKeys.Top);
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "roadworthy.json");
        return schema.ToJsonString(Written) + "\n";
    }

    private static JsonObject Object(IReadOnlyList<ConfigKey> keys) => new()
    {
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["properties"] = new JsonObject(keys.Select(key => KeyValuePair.Create(key.Name, (JsonNode?)Described(key, keys)))),
    };

    private static JsonObject Described(ConfigKey key, IReadOnlyList<ConfigKey> keys)
    {
        var schema = ReferenceEquals(keys, ConfigKeys.Suppression) && key.Form is ConfigForm.Rules ? Rule() : Of(key);
        schema.Insert(0, "description", key.About);
        return schema;
    }

    private static JsonObject Of(ConfigKey key) => key.Form switch
    {
        ConfigForm.Text when key.Name is "migrate" => new() { ["type"] = "string" },
        ConfigForm.Text => Text(),
        ConfigForm.Integer when key.Name is "port" => new() { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = 65_535 },
        ConfigForm.Integer => new() { ["type"] = "integer", ["minimum"] = 0, ["maximum"] = int.MaxValue },
        ConfigForm.Duration => new() { ["type"] = "string", ["pattern"] = Duration.Pattern },
        ConfigForm.Texts => new() { ["type"] = "array", ["items"] = Text() },
        ConfigForm.Map => Map(),
        ConfigForm.Accounts => new() { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = new JsonObject(AccountNames.All.Select(name => KeyValuePair.Create(name, (JsonNode?)Map()))) },
        ConfigForm.Rules => new() { ["type"] = "array", ["items"] = Rule() },
        ConfigForm.FailOn => new() { ["enum"] = new JsonArray([.. Enum.GetNames<FailOn>().Select(name => (JsonNode)name.ToLowerInvariant())]) },
        ConfigForm.Suppressions => new() { ["type"] = "array", ["items"] = Suppression() },
        _ => throw new InvalidOperationException($"The schema has no form for {key.Form}. This is a fault of Roadworthy."),
    };

    private static JsonObject Suppression()
    {
        var one = Object(ConfigKeys.Suppression);
        one["required"] = new JsonArray("reason");
        one["oneOf"] = new JsonArray(new JsonObject { ["required"] = new JsonArray("id") }, new JsonObject { ["required"] = new JsonArray("rule", "endpoint") });
        return one;
    }

    private static JsonObject Text() => new() { ["type"] = "string", ["pattern"] = @"\S" };

    private static JsonObject Map() => new() { ["type"] = "object", ["additionalProperties"] = new JsonObject { ["type"] = "string" } };

    private static JsonObject Rule() => new() { ["enum"] = new JsonArray([.. RuleCatalogue.All.Select(rule => (JsonNode)rule.Id)]) };
}

using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Api.Postman;

/// <summary>A collection's own variables; those of an environment are not known.</summary>
internal sealed partial class PostmanVariables(JsonArray? declared)
{
    private readonly Dictionary<string, string> _values = declared?.OfType<JsonObject>()
        .Where(each => (each["key"] ?? each["id"]) is not null).DistinctBy(each => (each["key"] ?? each["id"])!.ToString(), StringComparer.Ordinal)
        .ToDictionary(each => (each["key"] ?? each["id"])!.ToString(), each => each["value"]?.ToString() ?? "", StringComparer.Ordinal) ?? [];

    /// <summary>What an address begins with, its variable filled in; a variable stays where its value is not known.</summary>
    public string Base(string address)
    {
        for (var depth = 0; depth < 3 && Leading().Match(address) is { Success: true } match && _values.TryGetValue(match.Groups["name"].Value, out var value) && value.Length > 0; depth++)
            address = value + address[match.Length..];
        return address;
    }

    /// <summary>A text that holds a variable has no value to go by.</summary>
    public static string Fill(string text) => Any().IsMatch(text) ? Secrets.Mask : text;

    /// <summary>The name of the variable that a segment of a path is, or holds; null where it is as it says.</summary>
    public static string? NameIn(string segment) => segment is [':', _, ..] ? segment[1..] : Any().Match(segment) is { Success: true } match ? match.Groups["name"].Value : null;

    [GeneratedRegex(@"^\{\{\s*(?<name>[^{}]+?)\s*\}\}")]
    private static partial Regex Leading();

    [GeneratedRegex(@"\{\{\s*(?<name>[^{}]+?)\s*\}\}")]
    public static partial Regex Any();
}

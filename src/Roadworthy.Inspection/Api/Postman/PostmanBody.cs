using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Api.Postman;

/// <summary>What a request of a collection sends. A value that holds a variable is masked, so that it counts as none.</summary>
internal static partial class PostmanBody
{
    public static (string? Type, string? Body) Of(JsonObject? body, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        var stated = headers.FirstOrDefault(header => header.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)).Value;
        return body?["mode"]?.ToString() switch
        {
            "raw" when body["raw"]?.ToString() is { } raw && Json(raw) is { } json => ("application/json", json),
            "urlencoded" => ("application/x-www-form-urlencoded", Form(body["urlencoded"])),
            "formdata" => ("multipart/form-data", Form(body["formdata"])),
            _ => (stated, null),
        };
    }

    /// <summary>As others would read it: without comments, and whole where a variable stood in place of a value. Null for what is no JSON, or nothing.</summary>
    private static string? Json(string raw)
    {
        var mask = $"\"{Secrets.Mask}\"";
        // What stands without quotes is most often a number that names something.
        var text = PostmanVariables.Any().Replace(Quoted().Replace(raw, match => PostmanVariables.Any().IsMatch(match.Value) ? mask : match.Value), "1");
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return document.RootElement.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? JsonCopy.Of(document.RootElement)!.ToJsonString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Form(JsonNode? fields) => string.Join('&', PostmanFile.Pairs(fields).Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));

    [GeneratedRegex("""
        "(?:[^"\\]|\\.)*"
        """)]
    private static partial Regex Quoted();
}

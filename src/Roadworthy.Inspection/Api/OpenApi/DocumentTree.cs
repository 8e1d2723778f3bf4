using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi.YamlReader;
using Roadworthy.Inspection.Driving;
using SharpYaml.Serialization;

namespace Roadworthy.Inspection.Api.OpenApi;

/// <summary>A document's text as a tree, whether it is JSON or YAML.</summary>
internal static class DocumentTree
{
    private const int Deepest = 200;

    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = Deepest };

    /// <exception cref="DescriptionException">It is neither, or no object.</exception>
    public static JsonObject Parse(string text, string source)
    {
        var trimmed = text.TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        try
        {
            var tree = trimmed.StartsWith('{') ? Json(trimmed) : Yaml(trimmed);
            return tree as JsonObject ?? throw new DescriptionException($"'{source}' is no object: an OpenAPI or Swagger document is one.");
        }
        catch (Exception e) when (e is not (DescriptionException or OutOfMemoryException))
        {
            throw new DescriptionException($"'{source}' is neither valid JSON nor YAML: {e.Message}", e);
        }
    }

    private static JsonNode? Json(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Lenient);
            return JsonCopy.Of(document.RootElement);
        }
        catch (JsonException) when (text.Length < 1024 * 1024)
        {
            // Unquoted names and the like: YAML's flow style takes them.
            return Yaml(text);
        }
    }

    private static JsonNode? Yaml(string text)
    {
        // A nesting that the parser would follow down until the stack ends.
        var depth = 0;
        foreach (var c in text)
        {
            depth += c is '[' or '{' ? 1 : c is ']' or '}' ? -1 : c is '\n' && depth < 0 ? -depth : 0;
            if (depth > Deepest) throw new FormatException($"It is nested more than {Deepest} deep.");
        }

        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var indent = line.IndexOfAnyExcept(' ', '-', '?');
            if (indent > 8 * Deepest || (indent < 0 && line.Length > 8 * Deepest)) throw new FormatException($"It is nested more than {Deepest} deep.");
        }

        var stream = new YamlStream();
        using var reader = new StringReader(text);
        stream.Load(reader);
        return stream.Documents.Count == 0 ? null : stream.Documents[0].ToJsonNode();
    }
}

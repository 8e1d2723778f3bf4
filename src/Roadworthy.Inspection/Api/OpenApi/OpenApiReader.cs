using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;

namespace Roadworthy.Inspection.Api.OpenApi;

/// <summary>
/// Reads OpenAPI 3.0 to 3.2 and Swagger 2.0, JSON and YAML. Real projects ship broken documents: each fault is reported, and what it does
/// not touch is read.
/// </summary>
internal static class OpenApiReader
{
    /// <summary>Of a document's text, in characters.</summary>
    public const int LongestDocument = 32 * 1024 * 1024;

    private static readonly Uri Nowhere = new("https://localhost/");

    /// <param name="text">The document.</param>
    /// <param name="source">The file or URL, for messages.</param>
    /// <exception cref="DescriptionException">It holds no operation that could be read.</exception>
    public static ApiDescription Read(string text, string source)
    {
        if (text.Length > LongestDocument)
            throw new DescriptionException($"'{source}' has {text.Length:N0} characters; {LongestDocument:N0} at most are read. Give a part of it.");
        var faults = new FaultList();
        var tree = DocumentTree.Parse(text, source);
        if (tree["paths"] is not JsonObject paths || paths.Count == 0)
            throw new DescriptionException($"'{source}' has no 'paths' with operations in it. Is it an OpenAPI or Swagger document?");
        TreeRepair.Mend(tree, faults);
        var mapper = new DocumentMapper(SourceLines.Of(text), faults);
        foreach (var document in ReadAll(tree, faults)) mapper.Add(document);
        if (mapper.Operations.Count == 0)
            throw new DescriptionException($"No operation of '{source}' could be read: {string.Join(' ', faults.All.Take(5))}");
        return new ApiDescription
        {
            Source = source,
            Title = tree["info"] is JsonObject info && info["title"] is JsonValue title ? title.ToString() : null,
            Prefix = Prefix.Of(tree),
            Operations = mapper.Operations,
            SecuritySchemes = mapper.SecuritySchemes,
            Faults = faults.All,
        };
    }

    /// <summary>The whole, or where that is too broken each path on its own with everything that is not a path.</summary>
    private static List<OpenApiDocument> ReadAll(JsonObject tree, FaultList faults)
    {
        if (TryRead(tree, faults, out var whole)) return [whole];
        var parts = new List<OpenApiDocument>();
        var paths = (JsonObject)tree["paths"]!;
        foreach (var (path, item) in paths)
        {
            var part = new JsonObject();
            foreach (var (name, value) in tree.Where(member => member.Key != "paths")) part[name] = value?.DeepClone();
            part["paths"] = new JsonObject { [path] = item?.DeepClone() };
            if (TryRead(part, faults, out var document)) parts.Add(document);
            else faults.Add($"'{path}' can't be read and is left out.");
            if (parts.Count > 500) break;
        }

        return parts;
    }

    private static bool TryRead(JsonObject tree, FaultList faults, out OpenApiDocument document)
    {
        document = null!;
        try
        {
            var settings = new OpenApiReaderSettings { LoadExternalRefs = false, RuleSet = new ValidationRuleSet() };
            var result = new OpenApiJsonReader().Read(tree, Nowhere, settings);
            foreach (var error in result.Diagnostic?.Errors ?? []) faults.Add($"{error.Pointer}: {error.Message}");
            if (result.Document?.Paths is null) return false;
            document = result.Document;
            return true;
        }
        // Whatever a hostile or broken document makes of the reader, it is the document's fault.
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            faults.Add($"The document can't be read as a whole: {e.Message}");
            return false;
        }
    }
}

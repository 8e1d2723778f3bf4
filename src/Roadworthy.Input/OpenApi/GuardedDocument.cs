using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.OpenApi;

namespace Roadworthy.Input.OpenApi;

/// <summary>One document, and what of it the guard looks at.</summary>
internal sealed class GuardedDocument
{
    private const string DescriptionKey = "roadworthy-description";

    private readonly OpenApiDocument _document;
    private readonly List<(OpenApiOperation Operation, GuardedOperation Guarded)> _operations = [];
    private readonly List<OpenApiOperation> _unguarded = [];

    public GuardedDocument(OpenApiDocument document)
    {
        _document = document;
        foreach (var operation in document.Paths.Values.SelectMany(path => path.Operations ?? []).Select(entry => entry.Value))
        {
            var noted = operation.Metadata?.TryGetValue(DescriptionKey, out var value) == true ? value as ApiDescription : null;
            if (noted is not null && GuardedOperation.Of(noted) is { } guarded) _operations.Add((operation, guarded));
            else _unguarded.Add(operation);
        }
    }

    public OpenApiDocument Document => _document;

    public IReadOnlyList<(OpenApiOperation Operation, GuardedOperation Guarded)> Operations => _operations;

    /// <summary>Notes what an operation was made from.</summary>
    public static void Note(OpenApiOperation operation, ApiDescription description) =>
        (operation.Metadata ??= new Dictionary<string, object>(StringComparer.Ordinal))[DescriptionKey] = description;

    /// <summary>The components that anything leads to.</summary>
    /// <param name="keptOnly">Only those of answers, and of requests that the guard leaves alone: they stay as they are.</param>
    public HashSet<string> Used(bool keptOnly)
    {
        var use = new ComponentUse(_document);
        foreach (var operation in _unguarded)
        {
            Parameters(operation, use);
            Body(operation, use);
            Answers(operation, use);
        }

        foreach (var (operation, guarded) in _operations)
        {
            if (!keptOnly || guarded.Values.Count == 0) Parameters(operation, use);
            if (!keptOnly || guarded.Body is null) Body(operation, use);
            Answers(operation, use);
        }

        return use.Names;
    }

    private static void Parameters(OpenApiOperation operation, ComponentUse use) => use.Add(operation.Parameters?.Select(parameter => parameter.Schema) ?? []);

    private static void Body(OpenApiOperation operation, ComponentUse use) => use.Add(Schemas(operation.RequestBody?.Content));

    private static void Answers(OpenApiOperation operation, ComponentUse use)
    {
        foreach (var (_, response) in operation.Responses ?? [])
        {
            use.Add(Schemas(response.Content));
            use.Add(response.Headers?.Values.Select(header => header.Schema) ?? []);
        }
    }

    private static IEnumerable<IOpenApiSchema?> Schemas(IDictionary<string, OpenApiMediaType>? content) => content?.Values.Select(media => media.Schema) ?? [];
}

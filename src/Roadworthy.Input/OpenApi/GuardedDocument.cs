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

    /// <summary>The components that stand in answers, or in requests that the guard leaves alone: they stay as they are.</summary>
    public HashSet<string> Kept()
    {
        var use = new ComponentUse(_document);
        foreach (var operation in _unguarded)
        {
            Requests(operation, use);
            Answers(operation, use);
        }

        foreach (var (operation, guarded) in _operations)
        {
            if (guarded.Body is null) use.Add(Schemas(operation.RequestBody?.Content));
            if (guarded.Values.Count == 0) use.Add(operation.Parameters?.Select(parameter => parameter.Schema) ?? []);
            Answers(operation, use);
        }

        return use.Names;
    }

    /// <summary>All components that anything leads to.</summary>
    public ComponentUse All()
    {
        var use = new ComponentUse(_document);
        foreach (var operation in _operations.Select(operation => operation.Operation).Concat(_unguarded))
        {
            Requests(operation, use);
            Answers(operation, use);
        }

        return use;
    }

    private static void Requests(OpenApiOperation operation, ComponentUse use)
    {
        use.Add(operation.Parameters?.Select(parameter => parameter.Schema) ?? []);
        use.Add(Schemas(operation.RequestBody?.Content));
    }

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

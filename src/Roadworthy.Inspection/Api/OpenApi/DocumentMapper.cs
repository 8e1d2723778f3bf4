using System.Text.RegularExpressions;
using Microsoft.OpenApi;

namespace Roadworthy.Inspection.Api.OpenApi;

/// <summary>The reader's documents as operations. Several documents are the paths of one, each read on its own.</summary>
internal sealed partial class DocumentMapper(SourceLines lines, FaultList faults)
{
    private const int MostOperations = 5000;

    private readonly SchemaMapper _schemas = new();
    private readonly List<ApiOperation> _operations = [];
    private readonly Dictionary<string, ApiSecurityScheme> _schemes = new(StringComparer.Ordinal);

    public IReadOnlyList<ApiOperation> Operations => _operations;

    public IReadOnlyDictionary<string, ApiSecurityScheme> SecuritySchemes => _schemes;

    public void Add(OpenApiDocument document)
    {
        foreach (var (name, scheme) in document.Components?.SecuritySchemes ?? new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal))
            _schemes.TryAdd(name, SecurityMapper.Scheme(name, scheme));
        foreach (var (path, item) in document.Paths)
        {
            foreach (var (method, operation) in item.Operations ?? [])
            {
                if (_operations.Count == MostOperations)
                {
                    faults.Add($"There are more than {MostOperations} operations; the rest is left out.");
                    return;
                }

                TryAdd(document, path, item, method.Method.ToUpperInvariant(), operation);
            }
        }
    }

    private void TryAdd(OpenApiDocument document, string path, IOpenApiPathItem item, string method, OpenApiOperation operation)
    {
        try
        {
            _operations.Add(new ApiOperation
            {
                Method = method,
                Path = path,
                OperationId = operation.OperationId,
                Summary = operation.Summary ?? operation.Description,
                Tags = [.. (operation.Tags ?? new HashSet<OpenApiTagReference>()).Select(tag => tag.Reference?.Id ?? tag.Name).OfType<string>()],
                Parameters = Parameters(path, item, operation),
                Body = Body(operation.RequestBody),
                Responses = (operation.Responses ?? []).ToDictionary(response => response.Key, response => Response(response.Value), StringComparer.Ordinal),
                Security = SecurityMapper.Requirements(operation.Security ?? document.Security),
                Deprecated = operation.Deprecated,
                Line = lines.Of(method, path),
            });
        }
        catch (Exception e) when (e is InvalidOperationException or NullReferenceException or ArgumentException or FormatException or KeyNotFoundException)
        {
            faults.Add($"{method} {path} can't be read and is left out: {e.Message}");
        }
    }

    private List<ApiParameter> Parameters(string path, IOpenApiPathItem item, OpenApiOperation operation)
    {
        var found = new Dictionary<(string, ParameterPlace), ApiParameter>();
        foreach (var parameter in (operation.Parameters ?? []).Concat(item.Parameters ?? []))
        {
            if (parameter.Name is not { Length: > 0 } name || Place(parameter.In) is not { } place) continue;
            var schema = parameter.Schema ?? parameter.Content?.Values.FirstOrDefault()?.Schema;
            var mapped = _schemas.Map(schema);
            if (parameter.Example is { } example) mapped.Examples.Add(example);
            mapped.Examples.AddRange((parameter.Examples?.Values ?? []).Select(each => each.Value).OfType<System.Text.Json.Nodes.JsonNode>());
            found.TryAdd((name, place), new ApiParameter(name, place, parameter.Required, mapped, parameter.Explode) { Description = parameter.Description });
        }

        foreach (Match match in Placeholder().Matches(path))
        {
            var name = match.Groups[1].Value;
            if (found.TryAdd((name, ParameterPlace.Path), new ApiParameter(name, ParameterPlace.Path, true, new Schema { Types = SchemaTypes.String })))
                faults.Add($"{path}: the parameter '{name}' is not described.");
        }

        // A described one that the path does not have can't be filled in.
        return [.. found.Values.Where(parameter => parameter.Place is not ParameterPlace.Path || path.Contains($"{{{parameter.Name}}}", StringComparison.Ordinal))];
    }

    private ApiBody? Body(IOpenApiRequestBody? body)
    {
        if (body?.Content is not { Count: > 0 } content) return null;
        var schemas = new Dictionary<string, Schema>(StringComparer.OrdinalIgnoreCase);
        // What is written as it is goes before what is only taken for the same.
        foreach (var (written, media) in content.OrderBy(media => MediaType(media.Key, media.Value) != media.Key)) schemas.TryAdd(MediaType(written, media), Schema(media));
        return new ApiBody(body.Required, schemas);
    }

    private Schema Schema(IOpenApiMediaType media)
    {
        var schema = _schemas.Map(media.Schema);
        if (media.Example is { } example) schema.Examples.Insert(0, example);
        foreach (var each in media.Examples?.Values ?? []) if (each.Value is { } value) schema.Examples.Insert(0, value);
        return schema;
    }

    private ApiResponse Response(IOpenApiResponse response) => new(
        (response.Content ?? new Dictionary<string, IOpenApiMediaType>(StringComparer.Ordinal)).ToDictionary(media => media.Key, media => _schemas.Map(media.Value.Schema), StringComparer.OrdinalIgnoreCase),
        [.. response.Headers?.Keys ?? []]);

    /// <summary>Swagger 2 without <c>consumes</c> is read as bytes; what has a structure is JSON.</summary>
    private static string MediaType(string written, IOpenApiMediaType media) =>
        written is "application/octet-stream" or "*/*" && media.Schema?.Format is not "binary" ? "application/json" : written;

    private static ParameterPlace? Place(ParameterLocation? location) => location switch
    {
        ParameterLocation.Path => ParameterPlace.Path,
        ParameterLocation.Query => ParameterPlace.Query,
        ParameterLocation.Header => ParameterPlace.Header,
        ParameterLocation.Cookie => ParameterPlace.Cookie,
        _ => null,
    };

    [GeneratedRegex(@"\{([^{}/]+)\}", RegexOptions.None, 1000)]
    private static partial Regex Placeholder();
}

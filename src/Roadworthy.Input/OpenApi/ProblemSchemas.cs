using Microsoft.OpenApi;

namespace Roadworthy.Input.OpenApi;

/// <summary>The answers to a request that was refused. Written by hand: the host's JSON options need not know the type.</summary>
internal static class ProblemSchemas
{
    public const string MediaType = "application/problem+json";

    /// <summary>400.</summary>
    public static OpenApiSchema Input => new()
    {
        Type = JsonSchemaType.Object,
        Description = "All that is wrong with a request, at once.",
        Required = new HashSet<string>(StringComparer.Ordinal) { "type", "title", "status", "errors", "rules" },
        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
        {
            ["type"] = Text("urn:roadworthy:problem:invalid-input"),
            ["title"] = Text(),
            ["status"] = Status,
            ["traceId"] = Text(),
            ["errors"] = Lists("What is wanted, by place: a JSON Pointer into the body (RFC 6901; \"\" is the body), or query:name, path:name, header:name."),
            ["rules"] = Lists("The rule behind each message of errors: the same places, in the same order."),
            ["truncated"] = new OpenApiSchema { Type = JsonSchemaType.Boolean, Description = "There are more errors than are listed." },
        },
    };

    /// <summary>413 and 415.</summary>
    public static OpenApiSchema Plain => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string>(StringComparer.Ordinal) { "type", "title", "status" },
        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal) { ["type"] = Text(), ["title"] = Text(), ["status"] = Status, ["traceId"] = Text() },
    };

    private static OpenApiSchema Status => new() { Type = JsonSchemaType.Integer, Format = "int32" };

    private static OpenApiSchema Text(string? example = null) => new() { Type = JsonSchemaType.String, Examples = example is null ? null : [example] };

    private static OpenApiSchema Lists(string description) => new()
    {
        Type = JsonSchemaType.Object,
        Description = description,
        AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = Text() },
    };
}

using Microsoft.OpenApi;

namespace Roadworthy.Input.OpenApi;

/// <summary>Which components something in a document leads to.</summary>
internal sealed class ComponentUse(OpenApiDocument document)
{
    public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

    public static IOpenApiSchema? Find(OpenApiDocument document, string id) =>
        document.Components?.Schemas?.TryGetValue(id, out var schema) == true ? schema : null;

    public void Add(IEnumerable<IOpenApiSchema?> schemas)
    {
        foreach (var schema in schemas) Add(schema);
    }

    public void Add(IOpenApiSchema? schema)
    {
        switch (schema)
        {
            case OpenApiSchemaReference { Reference.Id: { } id }:
                if (Names.Add(id)) Add(Find(document, id));
                break;
            case OpenApiSchema own:
                Add([own.Items, own.AdditionalProperties, own.Not]);
                Add(own.Properties?.Values ?? []);
                Add(own.AnyOf ?? []);
                Add(own.OneOf ?? []);
                Add(own.AllOf ?? []);
                Add(own.Discriminator?.Mapping?.Values ?? []);
                break;
        }
    }
}

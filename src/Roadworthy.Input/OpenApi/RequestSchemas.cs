using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.OpenApi;
using Roadworthy.Input.Bodies;
using Roadworthy.Input.Scalars;

namespace Roadworthy.Input.OpenApi;

/// <summary>
/// Writes what the guard takes into copies of the schemas of a document. A component is copied once; whoever refers to it gets the name that is
/// asked for.
/// </summary>
/// <param name="document">The document; not changed.</param>
/// <param name="nameOf">The name of a component as a request knows it.</param>
internal sealed class RequestSchemas(OpenApiDocument document, Func<string, string> nameOf)
{
    private readonly Dictionary<string, RequestComponent> _components = new(StringComparer.Ordinal);
    private RequestComponent? _current;

    public IReadOnlyDictionary<string, RequestComponent> Components => _components;

    /// <param name="schema">The schema of a body, a member or an element.</param>
    /// <param name="slot">What the guard takes there.</param>
    /// <param name="typeInfo">The type, as the host describes it.</param>
    /// <param name="keepsNull">What is said of null stays: the guard's slot doesn't know.</param>
    public IOpenApiSchema Of(IOpenApiSchema schema, Slot slot, JsonTypeInfo typeInfo, bool keepsNull = false)
    {
        if (slot.Node is AnyNode) return schema;
        var inner = WithoutNull(schema);
        var isWrapped = !ReferenceEquals(inner, schema);
        var takesNull = keepsNull ? isWrapped || inner is OpenApiSchema { Type: { } known } && known.HasFlag(JsonSchemaType.Null) : slot.TakesNull || !slot.IsRequired;
        var rewritten = inner is OpenApiSchemaReference reference ? Reference(reference, slot, typeInfo) : Inline((OpenApiSchema)inner, slot, typeInfo);
        if (rewritten is OpenApiSchema own) return WithNull(own, takesNull);
        if (takesNull == isWrapped && ReferenceEquals(rewritten, inner)) return schema;
        return takesNull ? new OpenApiSchema { OneOf = [new OpenApiSchema { Type = JsonSchemaType.Null }, rewritten] } : rewritten;
    }

    private static IOpenApiSchema WithoutNull(IOpenApiSchema schema) =>
        schema is OpenApiSchema { OneOf: [OpenApiSchema { Type: JsonSchemaType.Null }, var inner] } ? inner : schema;

    private static OpenApiSchema WithNull(OpenApiSchema schema, bool takesNull)
    {
        // Without a type anything goes, and null with it.
        if (schema.Type is not { } type || type.HasFlag(JsonSchemaType.Null) == takesNull) return schema;
        var copy = ScalarForm.Copy(schema);
        copy.Type = takesNull ? type | JsonSchemaType.Null : type & ~JsonSchemaType.Null;
        return copy;
    }

    /// <summary>Follows a reference, and gives it the name that requests know.</summary>
    public IOpenApiSchema Reference(OpenApiSchemaReference reference, Slot slot, JsonTypeInfo typeInfo)
    {
        if (reference.Reference.Id is not { } id || ComponentUse.Find(document, id) is not OpenApiSchema target) return reference;
        if (slot.Node is ScalarNode { Scalar: EnumScalar { TakesNumbers: false } } && !HasNames(target))
        {
            // The member has a converter of its own, but types of one name share one component.
            return new OpenApiSchema { Type = JsonSchemaType.String };
        }

        _current?.RefersTo.Add(id);
        if (!_components.ContainsKey(id))
        {
            var (outer, component) = (_current, new RequestComponent(target));
            _components[id] = _current = component;
            component.Rewritten = Inline(target, slot, typeInfo);
            _current = outer;
        }

        return Named(reference, nameOf(id));
    }

    public OpenApiSchemaReference Named(OpenApiSchemaReference reference) => reference.Reference.Id is { } id ? Named(reference, nameOf(id)) : reference;

    private OpenApiSchemaReference Named(OpenApiSchemaReference reference, string id) => id == reference.Reference.Id
        ? reference
        : new OpenApiSchemaReference(id, document) { Description = reference.Reference.Description, Default = reference.Reference.Default, Examples = reference.Reference.Examples };

    private OpenApiSchema Inline(OpenApiSchema schema, Slot slot, JsonTypeInfo typeInfo)
    {
        var type = Nullable.GetUnderlyingType(typeInfo.Type) ?? typeInfo.Type;
        return slot.Node switch
        {
            ScalarNode { Scalar: var scalar } => ScalarForm.Of(schema, scalar, type, slot.TakesNull || !slot.IsRequired),
            ObjectNode node => ObjectForm.Of(schema, node, type == typeInfo.Type ? typeInfo : typeInfo.Options.GetTypeInfo(type), this),
            ListNode node => List(schema, slot.Item ?? node.Item, typeInfo),
            MapNode node => Map(schema, slot.Item ?? node.Item, typeInfo),
            _ => schema,
        };
    }

    private OpenApiSchema List(OpenApiSchema schema, Slot item, JsonTypeInfo typeInfo)
    {
        if (schema.Items is null || Element(typeInfo) is not { } element || Of(schema.Items, item, element) is var items && ReferenceEquals(items, schema.Items)) return schema;
        var copy = ScalarForm.Copy(schema);
        copy.Items = items;
        return copy;
    }

    private OpenApiSchema Map(OpenApiSchema schema, Slot item, JsonTypeInfo typeInfo)
    {
        if (schema.AdditionalProperties is null || Element(typeInfo) is not { } element || Of(schema.AdditionalProperties, item, element) is var values && ReferenceEquals(values, schema.AdditionalProperties)) return schema;
        var copy = ScalarForm.Copy(schema);
        copy.AdditionalProperties = values;
        return copy;
    }

    private static bool HasNames(OpenApiSchema schema) => schema.Type == JsonSchemaType.String || schema.Enum?.Any(name => name.GetValueKind() == JsonValueKind.String) == true;

    private static JsonTypeInfo? Element(JsonTypeInfo list) =>
        list.ElementType is { } type && list.Options.TryGetTypeInfo(type, out var element) ? element : null;
}

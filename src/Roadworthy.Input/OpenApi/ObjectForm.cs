using System.Text.Json.Serialization.Metadata;
using Microsoft.OpenApi;
using Roadworthy.Input.Bodies;

namespace Roadworthy.Input.OpenApi;

/// <summary>What the guard takes for an object: its members, which of them must come, and the types that a discriminator chooses from.</summary>
internal static class ObjectForm
{
    /// <param name="schema">As ASP.NET Core wrote it; not changed.</param>
    /// <param name="node">What the guard takes.</param>
    /// <param name="typeInfo">The type, as the host describes it.</param>
    /// <param name="requests">Writes what the object holds.</param>
    /// <returns>The schema itself where it is true already.</returns>
    public static OpenApiSchema Of(OpenApiSchema schema, ObjectNode node, JsonTypeInfo typeInfo, RequestSchemas requests)
    {
        var copy = ScalarForm.Copy(schema);
        var differs = Members(copy, node, typeInfo, requests);
        differs |= Types(copy, node, typeInfo, requests);
        return differs ? copy : schema;
    }

    private static bool Members(OpenApiSchema copy, ObjectNode node, JsonTypeInfo typeInfo, RequestSchemas requests)
    {
        if (copy.Properties is not { } properties) return false;
        var differs = false;
        var required = new HashSet<string>(copy.Required ?? new HashSet<string>(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var member in node.Members)
        {
            if (!properties.TryGetValue(member.Name, out var schema)) continue;
            differs |= member.IsRequired ? required.Add(member.Name) : required.Remove(member.Name);
            var property = typeInfo.Properties.FirstOrDefault(property => string.Equals(property.Name, member.Name, StringComparison.Ordinal));
            if (property is null || !typeInfo.Options.TryGetTypeInfo(property.PropertyType, out var type)) continue;
            var rewritten = requests.Of(schema, member, type);
            if (rewritten is OpenApiSchema text && ScalarForm.RefusesBlank(property.PropertyType, JsonMember.AttributesOf(property))) rewritten = ScalarForm.NotBlank(text);
            differs |= !ReferenceEquals(rewritten, schema);
            properties[member.Name] = rewritten;
        }

        copy.Required = required.Count == 0 ? null : required;
        return differs;
    }

    private static bool Types(OpenApiSchema copy, ObjectNode node, JsonTypeInfo typeInfo, RequestSchemas requests)
    {
        if (node.Discriminator is not { } discriminator || copy.AnyOf is not { } choices) return false;
        var differs = false;
        for (var i = 0; i < choices.Count; i++)
        {
            if (Chosen(choices[i], discriminator, typeInfo) is not { } chosen) continue;
            var slot = new Slot { Node = chosen.Node };
            var rewritten = choices[i] is OpenApiSchemaReference reference
                ? requests.Reference(reference, slot, chosen.TypeInfo)
                : Of((OpenApiSchema)choices[i], chosen.Node, chosen.TypeInfo, requests);
            differs |= !ReferenceEquals(rewritten, choices[i]);
            choices[i] = rewritten;
        }

        if (copy.Discriminator?.Mapping is not { } mapping) return differs;
        copy.Discriminator = new OpenApiDiscriminator(copy.Discriminator)
        {
            Mapping = mapping.ToDictionary(entry => entry.Key, entry => requests.Named(entry.Value), StringComparer.Ordinal),
        };
        return differs;
    }

    /// <summary>The choice's own member says by its one value which type it is.</summary>
    private static (ObjectNode Node, JsonTypeInfo TypeInfo)? Chosen(IOpenApiSchema choice, Discriminator discriminator, JsonTypeInfo typeInfo)
    {
        if (choice.Properties?.TryGetValue(discriminator.Name, out var member) != true || member?.Enum is not [{ } value]) return null;
        if (!discriminator.Types.TryGetValue(value.ToJsonString(), out var node)) return null;
        foreach (var derived in typeInfo.PolymorphismOptions?.DerivedTypes ?? [])
        {
            if (string.Equals(Discriminator.KeyOf(derived), value.ToJsonString(), StringComparison.Ordinal) && typeInfo.Options.TryGetTypeInfo(derived.DerivedType, out var type)) return (node, type);
        }

        return null;
    }
}

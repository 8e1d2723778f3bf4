using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Roadworthy.Input.Bodies;

/// <summary>What reading, rules and description have to see alike in a member.</summary>
internal static class JsonMember
{
    /// <summary>The body gives the value; a member that is only written is computed from others.</summary>
    public static bool IsFilled(JsonPropertyInfo property) => property.Set is not null || property.AssociatedParameter is not null
        || (property.ObjectCreationHandling ?? property.Options.PreferredObjectCreationHandling) == JsonObjectCreationHandling.Populate;

    /// <summary>
    /// The attributes of a member, of the one that it overrides, and of the constructor's parameter, where those of a positional record stand.
    /// </summary>
    public static List<Attribute> AttributesOf(JsonPropertyInfo property) =>
    [
        .. property.AttributeProvider switch
        {
            // Other than the provider's own method, this one looks at overridden members too.
            MemberInfo member => Attribute.GetCustomAttributes(member, inherit: true),
            { } other => other.GetCustomAttributes(inherit: true).OfType<Attribute>(),
            null => [],
        },
        .. property.AssociatedParameter?.AttributeProvider?.GetCustomAttributes(inherit: true).OfType<Attribute>() ?? [],
    ];
}

using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using Roadworthy.Input.Bodies;
using Roadworthy.Input.Failures;

namespace Roadworthy.Input.Rules;

/// <summary>A member of a body's object, and the attributes on it.</summary>
internal sealed class MemberRules
{
    private readonly DisplayAttribute? _display;

    public MemberRules(JsonPropertyInfo property)
    {
        Get = property.Get!;
        ValueType = property.PropertyType;
        JsonName = property.Name;
        Segment = JsonPointer.Segment(property.Name);
        ClrName = (property.AttributeProvider as MemberInfo)?.Name ?? property.Name;
        IsFilled = JsonMember.IsFilled(property);
        var attributes = JsonMember.AttributesOf(property);
        _display = attributes.OfType<DisplayAttribute>().FirstOrDefault();
        Own = [.. Rules(IsFilled && !CanBeBlank(property) ? attributes.Where(attribute => !OnlyRefusesNull(attribute)) : attributes)];
        IsSecret = IsSecretMember(attributes, JsonName) || SecretName.Is(ClrName);
    }

    public Func<object, object?> Get { get; }

    public Type ValueType { get; }

    public string JsonName { get; }

    public string ClrName { get; }

    /// <summary>How messages call the member: [Display], or as clients know it.</summary>
    public string DisplayName => _display?.GetName() ?? JsonName;

    /// <summary>The name as a segment of a pointer.</summary>
    public string Segment { get; }

    /// <summary>The body gives the value; a member that is only read is computed from others.</summary>
    public bool IsFilled { get; }

    public bool IsSecret { get; }

    /// <summary>The attributes; [Required] stands first.</summary>
    public AttributeRule[] Own { get; }

    /// <summary>The rules of the value's type; null where it holds nothing that has any.</summary>
    public TypeRules? Below { get; set; }

    public static IEnumerable<AttributeRule> Rules(IEnumerable<Attribute> attributes) =>
        attributes.OfType<ValidationAttribute>().Where(AttributeRule.IsRule).Select(attribute => new AttributeRule(attribute))
            .OrderByDescending(rule => rule.IsRequired);

    public static bool IsSecretMember(IEnumerable<Attribute> attributes, string name) =>
        SecretName.Is(name) || attributes.Any(attribute => attribute is DataTypeAttribute { DataType: DataType.Password });

    // What is read is never null where [Required] stands; only text can still be blank. So such a rule is none that a body need be read again for.
    private static bool CanBeBlank(JsonPropertyInfo property) => !property.PropertyType.IsValueType
        && (!property.Options.TryGetTypeInfo(property.PropertyType, out var typeInfo) || typeInfo.Kind == JsonTypeInfoKind.None);

    private static bool OnlyRefusesNull(Attribute attribute) => attribute.GetType() == typeof(RequiredAttribute);
}

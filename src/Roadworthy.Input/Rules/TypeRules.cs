using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization.Metadata;

namespace Roadworthy.Input.Rules;

/// <summary>The rules of one type as the host's JSON sees it, and of what it holds. Immutable once built.</summary>
internal sealed class TypeRules
{
    public TypeRules(JsonTypeInfo typeInfo)
    {
        Type = typeInfo.Type;
        Members = [.. typeInfo.Properties.Where(property => property.Get is not null && !property.IsExtensionData).Select(property => new MemberRules(property))];
        OnType = [.. MemberRules.Rules(Attribute.GetCustomAttributes(Type, inherit: true))];
        IsValidatable = typeof(IValidatableObject).IsAssignableFrom(Type);
    }

    public Type Type { get; }

    public ImmutableArray<MemberRules> Members { get; } = [];

    /// <summary>The attributes on the type itself.</summary>
    public AttributeRule[] OnType { get; } = [];

    public bool IsValidatable { get; }

    /// <summary>The rules of a list's elements or a dictionary's values; null in a single object.</summary>
    public TypeRules? Element { get; set; }

    /// <summary>The rules of the types that a polymorphic value may have.</summary>
    public Dictionary<Type, TypeRules> Derived { get; } = [];

    /// <summary>There is a rule here or somewhere below.</summary>
    public bool HasRules { get; set; }

    /// <summary>There is a secret here or somewhere below.</summary>
    public bool HasSecrets { get; set; }

    public bool HasOwnRules => IsValidatable || OnType.Length > 0 || Members.Any(member => member.Own.Length > 0);

    public bool HasOwnSecrets => Members.Any(member => member.IsSecret);

    public IEnumerable<TypeRules> Below => Members.Select(member => member.Below).Append(Element).Concat(Derived.Values).OfType<TypeRules>();

    /// <summary>The rules of a value that was declared as this type.</summary>
    public TypeRules Of(object value) => Derived.Count > 0 ? Derived.GetValueOrDefault(value.GetType(), this) : this;

    public MemberRules? Member(ReadOnlySpan<char> name)
    {
        foreach (var member in Members)
        {
            if (name.SequenceEqual(member.ClrName)) return member;
        }

        foreach (var member in Members)
        {
            if (name.Equals(member.JsonName, StringComparison.OrdinalIgnoreCase) || name.Equals(member.ClrName, StringComparison.OrdinalIgnoreCase)) return member;
        }

        return null;
    }
}

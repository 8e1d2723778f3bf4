using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;

namespace Roadworthy.Input.Rules;

/// <summary>Collects the rules of a type and of all that it can hold. Kept as long as the host's description of the type lives.</summary>
internal sealed class TypeRulesBuilder
{
    private static readonly ConditionalWeakTable<JsonTypeInfo, TypeRules> Built = [];

    // By type: options that are still open to change describe a type anew each time they are asked.
    private readonly Dictionary<Type, TypeRules> _types = [];

    private TypeRulesBuilder()
    {
    }

    public static TypeRules For(JsonTypeInfo typeInfo) =>
        Built.TryGetValue(typeInfo, out var built) ? built : Built.GetValue(typeInfo, static info => new TypeRulesBuilder().Build(info));

    private TypeRules Build(JsonTypeInfo typeInfo)
    {
        var root = Collect(typeInfo);
        // Types may hold each other, so what is below is known only when nothing changes any more.
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var type in _types.Values)
            {
                var (rules, secrets) = (type.HasRules, type.HasSecrets);
                type.HasRules |= type.HasOwnRules || type.Below.Any(below => below.HasRules);
                type.HasSecrets |= type.HasOwnSecrets || type.Below.Any(below => below.HasSecrets);
                changed |= rules != type.HasRules || secrets != type.HasSecrets;
            }
        }

        return root;
    }

    private TypeRules Collect(JsonTypeInfo typeInfo)
    {
        if (_types.TryGetValue(typeInfo.Type, out var known)) return known;
        // The host's description of a Nullable knows no members.
        if (Nullable.GetUnderlyingType(typeInfo.Type) is { } type) return _types[typeInfo.Type] = Collect(typeInfo.Options.GetTypeInfo(type));

        var rules = _types[typeInfo.Type] = new TypeRules(typeInfo);
        if (typeInfo.ElementType is { } element) rules.Element = Holder(typeInfo, element);
        foreach (var member in rules.Members)
        {
            if (member.IsFilled) member.Below = Holder(typeInfo, member.ValueType);
        }

        foreach (var derived in typeInfo.PolymorphismOptions?.DerivedTypes ?? [])
        {
            if (derived.DerivedType != rules.Type && Holder(typeInfo, derived.DerivedType) is { } below) rules.Derived.TryAdd(derived.DerivedType, below);
        }

        return rules;
    }

    private TypeRules? Holder(JsonTypeInfo holder, Type type) =>
        holder.Options.TryGetTypeInfo(type, out var typeInfo) ? Collect(typeInfo) : null;
}

using System.Reflection;
using System.Text.Json;

namespace Roadworthy.Input.Bodies;

/// <summary>Whether the elements of a list or map may be null: only nullable annotations say so, and a JsonTypeInfo does not carry them.</summary>
internal static class Nullability
{
    private static readonly NullabilityInfoContext Context = new();

    /// <summary>Null where nothing is known, as in an application that is trimmed or compiled ahead of time.</summary>
    public static NullabilityInfo? Of(ICustomAttributeProvider? place)
    {
        try
        {
            // The context caches without locks.
            lock (Context)
            {
                return place switch
                {
                    PropertyInfo property => Context.Create(property),
                    FieldInfo field => Context.Create(field),
                    ParameterInfo parameter => Context.Create(parameter),
                    _ => null,
                };
            }
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Of the elements of a list, or the values of a map.</summary>
    public static NullabilityInfo? OfItem(NullabilityInfo? list, Type itemType)
    {
        if (list is null) return null;
        if (list.ElementType is { } element) return element;
        var arguments = list.GenericTypeArguments;
        return arguments is [.., var last] && last.Type == itemType ? last : null;
    }

    /// <param name="type">Of a member or an element.</param>
    /// <param name="known">Of a reference; null takes null.</param>
    public static bool TakesNull(Type type, NullabilityInfo? known) => type.IsValueType
        ? Nullable.GetUnderlyingType(type) is not null || type == typeof(JsonElement)
        : known is null || known.WriteState != NullabilityState.NotNull || known.ReadState != NullabilityState.NotNull;
}

using System.Collections;
using System.Globalization;
using Roadworthy.Input.Failures;

namespace Roadworthy.Input.Rules;

/// <summary>Turns a path as .NET writes it ("Lines[0].Quantity") into a pointer. What can't be found on the way ends it: the pointer names the part before.</summary>
internal static class MemberPath
{
    /// <param name="from">The object that the path starts at.</param>
    /// <param name="declared">The rules of its type.</param>
    /// <param name="pointer">The object's own pointer.</param>
    /// <param name="path">Names between dots, and indexes or keys in brackets.</param>
    public static string ToPointer(object from, TypeRules declared, string pointer, ReadOnlySpan<char> path)
    {
        object? value = from;
        TypeRules? rules = declared;
        while (!path.IsEmpty && value is not null && rules is not null)
        {
            rules = rules.Of(value);
            if (path[0] == '[')
            {
                var close = path.IndexOf(']');
                if (close < 0 || Element(value, path[1..close]) is not { } element) break;
                pointer += element.Key is null ? string.Create(CultureInfo.InvariantCulture, $"/{element.Index}") : JsonPointer.Segment(element.Key);
                (value, rules) = (element.Value, rules.Element);
                path = path[(close + 1)..].TrimStart('.');
                continue;
            }

            var end = path.IndexOfAny('.', '[');
            var name = end < 0 ? path : path[..end];
            if (rules.Member(name) is not { } member) break;
            pointer += member.Segment;
            // The value matters only where the path goes on.
            path = end < 0 ? default : path[end..].TrimStart('.');
            (value, rules) = (path.IsEmpty ? null : member.Get(value), member.Below);
        }

        return pointer;
    }

    private static Elements? Element(object value, ReadOnlySpan<char> place)
    {
        if (value is IDictionary)
        {
            var key = place.Trim('"').ToString();
            foreach (var element in Elements.Of(value))
            {
                if (string.Equals(element.Key, key, StringComparison.Ordinal)) return element;
            }

            return null;
        }

        if (!int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var index)) return null;
        foreach (var element in Elements.Of(value))
        {
            if (element.Index == index) return element;
        }

        return null;
    }
}

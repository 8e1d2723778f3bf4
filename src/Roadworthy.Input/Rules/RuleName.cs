using System.Text.Json;

namespace Roadworthy.Input.Rules;

/// <summary>The names under which answers list rules.</summary>
internal static class RuleName
{
    /// <summary>RangeAttribute is <c>range</c>, StringLengthAttribute is <c>stringLength</c>.</summary>
    public static string Of(Type attribute)
    {
        var name = attribute.Name;
        var arity = name.IndexOf('`', StringComparison.Ordinal);
        if (arity > 0) name = name[..arity];
        const string suffix = nameof(Attribute);
        if (name.Length > suffix.Length && name.EndsWith(suffix, StringComparison.Ordinal)) name = name[..^suffix.Length];
        return JsonNamingPolicy.CamelCase.ConvertName(name);
    }

    /// <summary>What is said in place of a rule's own message, where that must not be shown.</summary>
    public static string Neutral(string rule) => $"Breaks the rule '{rule}'.";
}

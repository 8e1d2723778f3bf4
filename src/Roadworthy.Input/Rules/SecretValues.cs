using System.Globalization;

namespace Roadworthy.Input.Rules;

/// <summary>The secrets that a body holds, so that no rule's message repeats one.</summary>
internal static class SecretValues
{
    /// <summary>A shorter one is looked for as a word of its own: any text holds the letter "a".</summary>
    private const int ShortestPart = 4;

    public static List<string> In(object body, TypeRules rules, int maxDepth)
    {
        var found = new List<string>();
        if (rules.HasSecrets) Collect(body, rules, maxDepth, found);
        return found;
    }

    public static string? Text(object? value) => value switch
    {
        null => null,
        string text => text,
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };

    public static bool Holds(string message, string secret)
    {
        for (var at = 0; (at = message.IndexOf(secret, at, StringComparison.OrdinalIgnoreCase)) >= 0 && secret.Length > 0; at++)
        {
            if (secret.Length >= ShortestPart || !IsLetter(message, at - 1) && !IsLetter(message, at + secret.Length)) return true;
        }

        return false;
    }

    private static void Collect(object value, TypeRules declared, int depth, List<string> found)
    {
        var rules = declared.Of(value);
        if (depth == 0 || !rules.HasSecrets) return;
        if (rules.Element is not null)
        {
            foreach (var element in Elements.Of(value))
            {
                if (element.Value is { } inner) Collect(inner, rules.Element, depth - 1, found);
            }
        }

        foreach (var member in rules.Members)
        {
            if (!member.IsSecret && member.Below is not { HasSecrets: true } || member.Get(value) is not { } inner) continue;
            if (member.IsSecret && Text(inner) is { Length: > 0 } text) found.Add(text);
            if (member.Below is not null) Collect(inner, member.Below, depth - 1, found);
        }
    }

    private static bool IsLetter(string text, int at) => at >= 0 && at < text.Length && char.IsLetterOrDigit(text[at]);
}

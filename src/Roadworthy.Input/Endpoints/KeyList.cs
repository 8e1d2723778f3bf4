using System.Text;
using Roadworthy.Input.Failures;

namespace Roadworthy.Input.Endpoints;

/// <summary>Keys for one line of a log. A client chooses many of them: they are few, short, and without control characters.</summary>
internal static class KeyList
{
    private const int MostKeys = 20;
    private const int LongestKey = 100;

    /// <summary>"/items/0/quantity (type), query:limit (range) and 3 more".</summary>
    public static string Of(IReadOnlyList<InputError> errors) => Of(errors, static (text, error) => Append(text, error.Key).Append(" (").Append(error.Rule).Append(')'));

    public static string Of(IReadOnlyList<string> pointers) => Of(pointers, static (text, pointer) => Append(text, pointer));

    private static string Of<T>(IReadOnlyList<T> items, Action<StringBuilder, T> append)
    {
        var text = new StringBuilder();
        for (var i = 0; i < Math.Min(items.Count, MostKeys); i++)
        {
            if (i > 0) text.Append(", ");
            append(text, items[i]);
        }

        if (items.Count > MostKeys) text.Append(" and ").Append(items.Count - MostKeys).Append(" more");
        return text.ToString();
    }

    private static StringBuilder Append(StringBuilder text, string key)
    {
        if (key.Length == 0) return text.Append("body");
        foreach (var character in key.AsSpan(0, Math.Min(key.Length, LongestKey))) text.Append(char.IsControl(character) ? '?' : character);
        return key.Length > LongestKey ? text.Append("...") : text;
    }
}

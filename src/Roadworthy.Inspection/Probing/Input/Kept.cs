using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Probing.Input;

/// <summary>Whether what is read back is what was sent. What a reader may do to a value by right is no difference: 42 for "42", another offset for the same instant, trimmed text.</summary>
internal static class Kept
{
    private const string Replaced = "\uFFFD";

    /// <param name="kind">Of the field.</param>
    /// <param name="sent">A value that works.</param>
    /// <param name="back">Text of a scalar or JSON; null for null.</param>
    public static bool IsSame(FieldKind kind, JsonNode sent, string? back) => back is not null && kind switch
    {
        FieldKind.Integer or FieldKind.Number => Number(sent.ToString()) is { } number && Number(back) == number,
        FieldKind.Boolean => Flag(sent.ToString()) == Flag(back),
        FieldKind.Instant => Instant(sent.ToString()) is { } instant && Instant(back) is { } other ? (instant - other).Duration() < TimeSpan.FromSeconds(1) : Text(sent.ToString()) == Text(back),
        FieldKind.Date => back.Length >= 10 && sent.ToString().StartsWith(back[..10], StringComparison.Ordinal),
        _ => Text(sent.ToString()).Equals(Text(back), StringComparison.OrdinalIgnoreCase),
    };

    /// <summary>Whether a change that was taken was kept as something else.</summary>
    public static bool IsOther(BodyField field, Change change, string? back)
    {
        switch (change.Id)
        {
            case "surrogate":
                return back?.Contains(Replaced, StringComparison.Ordinal) is true;
            case "nul":
                // Stripped is cleaned; cut off is lost.
                return back is "a" || back?.Contains(Replaced, StringComparison.Ordinal) is true;
            case "object":
                return back is null || !back.StartsWith('{');
            case "list":
                return back is not "[]";
            case "nan" or "word" or "no-date" when back is not null && $"\"{back}\"" == change.Raw && field.Kind is FieldKind.Date or FieldKind.Instant:
                // A column of text that takes any.
                return false;
            case "nan" or "word" or "no-date":
                return true;
            case "long":
                return back is null || back.Length < 5000;
            case "huge":
                return back is null || Number(back) is null or < 1_000_000_000_000_000_000m;
        }

        return Sent(change) is { } sent && !IsSame(field.Kind, sent, back);
    }

    /// <summary>Whether a value stands there that nobody sent: the zero of its type.</summary>
    public static bool IsZero(string? back) => back is not null && (back is "" or "undefined" or "NaN" or "null" || Number(back) == 0 || Flag(back) is false || back.StartsWith("0001-01-01", StringComparison.Ordinal) || back.StartsWith("1970-01-01", StringComparison.Ordinal));

    public static JsonNode? Sent(Change change)
    {
        try
        {
            return change.Raw is null ? null : JsonNode.Parse(change.Raw);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Text(string text) => text.Trim().Normalize();

    private static decimal? Number(string text) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static bool? Flag(string text) => text switch { "true" or "True" or "t" or "1" => true, "false" or "False" or "f" or "0" => false, _ => null };

    private static DateTimeOffset? Instant(string text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out var instant) ? instant : null;
}

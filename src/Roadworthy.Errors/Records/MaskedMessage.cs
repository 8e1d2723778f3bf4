using System.Globalization;
using System.Text;
using Roadworthy.Errors.Masking;

namespace Roadworthy.Errors.Records;

/// <summary>A message whose secret values, known by their names in the template, are masked.</summary>
internal static class MaskedMessage
{
    public static string Of(string message, string? template, object? state, Masker masker)
    {
        if (state is not IReadOnlyList<KeyValuePair<string, object?>> values || !HasSecret(values, masker))
        {
            return message;
        }

        return template is null ? Replace(message, values, masker) : Render(template, values, masker);
    }

    private static bool HasSecret(IReadOnlyList<KeyValuePair<string, object?>> values, Masker masker)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is { Key: { } key, Value: not null and not bool } && masker.IsSecret(key))
            {
                return true;
            }
        }

        return false;
    }

    // The finished message can't tell where a formatted value begins and ends: so the template is filled once more.
    private static string Render(string template, IReadOnlyList<KeyValuePair<string, object?>> values, Masker masker)
    {
        var text = new StringBuilder(template.Length);
        var hole = 0;
        for (var i = 0; i < template.Length; i++)
        {
            var c = template[i];
            var doubled = i + 1 < template.Length && template[i + 1] == c;
            if (c is not ('{' or '}') || doubled)
            {
                text.Append(c);
                i += c is '{' or '}' ? 1 : 0;
                continue;
            }

            var close = c == '{' ? template.IndexOf('}', i) : -1;
            if (close < 0 || hole >= values.Count)
            {
                text.Append(c);
                continue;
            }

            var (key, value) = values[hole++];
            text.Append(value is not null && masker.IsSecret(key) ? TextMasker.Mask : Guarded.Text(value, Display));
            i = close;
        }

        return text.ToString();
    }

    private static string Replace(string message, IReadOnlyList<KeyValuePair<string, object?>> values, Masker masker)
    {
        foreach (var (key, value) in values)
        {
            if (value is not null && masker.IsSecret(key) && Guarded.Text(value, Display) is { Length: > 0 } secret)
            {
                message = message.Replace(secret, TextMasker.Mask, StringComparison.Ordinal);
            }
        }

        return message;
    }

    private static string Display(object? value) => value switch
    {
        null => "(null)",
        string text => text,
        System.Collections.IEnumerable several => string.Join(", ", several.Cast<object?>().Take(64)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}

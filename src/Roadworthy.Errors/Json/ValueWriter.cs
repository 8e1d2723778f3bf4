using System.Collections;
using System.Globalization;
using Roadworthy.Errors.Masking;
using Roadworthy.Errors.Records;

namespace Roadworthy.Errors.Json;

/// <summary>Writes values of any type: data, properties, state, scopes.</summary>
internal sealed class ValueWriter(Masker masker)
{
    public const int MostElements = 64;
    private const int MostDepth = 4;
    private const int MostTextBytes = 4_096;

    public bool Text(RecordWriter writer, ReadOnlySpan<byte> name, string? text, int mostBytes)
    {
        if (text is null)
        {
            return writer.Raw(name, "null"u8);
        }

        var masked = masker.Apply(text, Math.Min(mostBytes, writer.Room), out var cut);
        return writer.String(name, masked, mostBytes, cut);
    }

    public void Value(RecordWriter writer, ReadOnlySpan<byte> name, object? value, int depth)
    {
        switch (value)
        {
            case null: writer.Raw(name, "null"u8); break;
            case string text: Text(writer, name, text, MostTextBytes); break;
            case bool flag: writer.Raw(name, flag ? "true"u8 : "false"u8); break;
            case int number: writer.Formatted(name, number, default, quoted: false); break;
            case long number: writer.Formatted(name, number, default, quoted: false); break;
            case double number when double.IsFinite(number): writer.Formatted(name, number, default, quoted: false); break;
            case float number when float.IsFinite(number): writer.Formatted(name, number, default, quoted: false); break;
            case decimal number: writer.Formatted(name, number, default, quoted: false); break;
            case byte or sbyte or short or ushort or uint: writer.Formatted(name, Convert.ToInt64(value, CultureInfo.InvariantCulture), default, quoted: false); break;
            case ulong number: writer.Formatted(name, number, default, quoted: false); break;
            case Guid id: writer.Formatted(name, id, default, quoted: true); break;
            case DateTime time: writer.Formatted(name, time, "O", quoted: true); break;
            case DateTimeOffset time: writer.Formatted(name, time, "O", quoted: true); break;
            case byte[] bytes: Text(writer, name, $"<{bytes.Length} bytes>", MostTextBytes); break;
            default: Composite(writer, name, value, depth); break;
        }
    }

    private void Composite(RecordWriter writer, ReadOnlySpan<byte> name, object value, int depth)
    {
        // A lazy sequence is not walked: it may be a query.
        if (depth < MostDepth && value is IDictionary or IReadOnlyCollection<KeyValuePair<string, object?>>)
        {
            Members(writer, name, ValuePairs.Of(value), depth);
        }
        else if (depth < MostDepth && value is ICollection or IReadOnlyCollection<string> or IReadOnlyCollection<object>)
        {
            Elements(writer, name, (IEnumerable)value, depth);
        }
        else
        {
            Text(writer, name, Guarded.Text(value, DisplayText), MostTextBytes);
        }
    }

    public void Members(RecordWriter writer, ReadOnlySpan<byte> name, IEnumerable<KeyValuePair<string, object?>> pairs, int depth)
    {
        if (!writer.Open(name, '{'))
        {
            return;
        }

        Span<byte> scratch = stackalloc byte[JsonName.MaxBytes];
        foreach (var (key, value) in pairs)
        {
            var escaped = JsonName.Escape(masker.Apply(key), scratch);
            if (value is not null && masker.IsSecret(key) && !IsHarmless(key, value))
            {
                writer.Raw(escaped, "\"***\""u8);
            }
            else
            {
                Value(writer, escaped, value, depth + 1);
            }
        }

        writer.Close('}');
    }

    private void Elements(RecordWriter writer, ReadOnlySpan<byte> name, IEnumerable elements, int depth)
    {
        if (!writer.Open(name, '['))
        {
            return;
        }

        var taken = Sequence.Take(elements, MostElements, out var more);
        foreach (var element in taken)
        {
            Value(writer, default, element, depth + 1);
        }

        if (more is not null)
        {
            writer.String(default, more, MostTextBytes);
        }

        writer.Close(']');
    }

    public static string? DisplayText(object value) => value switch
    {
        Type type => TypeNames.Of(type),
        IFormattable formattable => formattable.ToString(format: null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    // "maxTokens": 400 is a count.
    private static bool IsHarmless(string name, object value) =>
        value is bool || (value is int or long && name.EndsWith("tokens", StringComparison.OrdinalIgnoreCase));
}

using System.Buffers;
using System.Text.Json;

namespace Roadworthy.Input.Scalars;

/// <summary>Dates and times of ISO 8601, in the extended form that System.Text.Json reads, so that guard and binder agree.</summary>
internal static class IsoText
{
    /// <summary>The longest form has 16 digits of fraction and an offset: 41 bytes.</summary>
    private const int Longest = 48;

    private static readonly SearchValues<byte> Allowed = SearchValues.Create("0123456789-+:.TZ"u8);

    /// <summary>Whether the time of day is followed by Z or by an offset.</summary>
    public static bool HasOffset(ReadOnlySpan<byte> text)
    {
        var time = text.IndexOf((byte)'T');
        return time >= 0 && text[time..].IndexOfAny("Z+-"u8) >= 0;
    }

    public static bool TryRead(ReadOnlySpan<byte> text, out DateTimeOffset value)
    {
        value = default;
        Span<byte> quoted = stackalloc byte[Longest + 2];
        return Quote(text, ref quoted) && ReaderOver(quoted).TryGetDateTimeOffset(out value);
    }

    public static bool TryRead(ReadOnlySpan<byte> text, out DateTime value)
    {
        value = default;
        Span<byte> quoted = stackalloc byte[Longest + 2];
        return Quote(text, ref quoted) && ReaderOver(quoted).TryGetDateTime(out value);
    }

    private static bool Quote(ReadOnlySpan<byte> text, ref Span<byte> quoted)
    {
        if (text.Length > Longest || text.ContainsAnyExcept(Allowed)) return false;
        text.CopyTo(quoted[1..]);
        quoted[0] = quoted[text.Length + 1] = (byte)'"';
        quoted = quoted[..(text.Length + 2)];
        return true;
    }

    private static Utf8JsonReader ReaderOver(ReadOnlySpan<byte> quoted)
    {
        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        return reader;
    }
}

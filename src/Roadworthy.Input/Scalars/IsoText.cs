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

    /// <summary>Whether it is yyyy-MM-dd, and such a day is there.</summary>
    public static bool IsDate(ReadOnlySpan<byte> text) =>
        text.Length == 10 && text[4] == '-' && text[7] == '-'
        && TryDigits(text[..4], out var year) && year > 0
        && TryDigits(text.Slice(5, 2), out var month) && month is > 0 and <= 12
        && TryDigits(text.Slice(8, 2), out var day) && day > 0 && day <= DateTime.DaysInMonth(year, month);

    /// <summary>Whether it is yyyy-MM-ddTHH:mm:ss in UTC, with Z and up to seven digits of a fraction: how most programs write an instant.</summary>
    public static bool IsPlainUtc(ReadOnlySpan<byte> text) =>
        text.Length is 20 or (>= 22 and <= 28) && text[^1] == 'Z' && text[10] == 'T' && text[13] == ':' && text[16] == ':'
        && IsDate(text[..10])
        && TryDigits(text.Slice(11, 2), out var hour) && hour < 24
        && TryDigits(text.Slice(14, 2), out var minute) && minute < 60
        && TryDigits(text.Slice(17, 2), out var second) && second < 60
        && (text.Length == 20 || (text[19] == '.' && TryDigits(text[20..^1], out _)));

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

    private static bool TryDigits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9') return false;
            value = (value * 10) + (digit - '0');
        }

        return true;
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

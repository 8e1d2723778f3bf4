using System.Buffers.Text;

namespace Roadworthy.Input.Scalars;

/// <summary>Numbers by JSON's grammar (RFC 8259, section 6), read by their decimal digits.</summary>
internal static class NumberText
{
    /// <summary>More digits than any type holds that is read here; with it nobody makes an exponent into megabytes of zeros.</summary>
    private const int MostDigits = 20;

    /// <summary>-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?</summary>
    public static bool IsNumber(ReadOnlySpan<byte> text)
    {
        if (text is [(byte)'-', ..]) text = text[1..];
        var whole = Digits(text);
        if (whole == 0 || (whole > 1 && text[0] == '0')) return false;
        text = text[whole..];
        if (text is [(byte)'.', ..])
        {
            var fraction = Digits(text[1..]);
            if (fraction == 0) return false;
            text = text[(1 + fraction)..];
        }

        if (text is [(byte)'e' or (byte)'E', ..])
        {
            text = text[1..];
            if (text is [(byte)'+' or (byte)'-', ..]) text = text[1..];
            var exponent = Digits(text);
            if (exponent == 0) return false;
            text = text[exponent..];
        }

        return text.IsEmpty;
    }

    /// <summary>The whole number that a number by JSON's grammar stands for: <c>42.0</c> and <c>420e-1</c> are 42.</summary>
    /// <returns>Wrong for a fraction; out of range for what has more digits than 64 bits hold.</returns>
    public static ScalarReading ReadInteger(ReadOnlySpan<byte> number, out Int128 value)
    {
        value = 0;
        var negative = number[0] == '-';
        if (negative) number = number[1..];
        var mark = number.IndexOfAny((byte)'e', (byte)'E');
        var mantissa = mark < 0 ? number : number[..mark];
        var dot = mantissa.IndexOf((byte)'.');
        var whole = dot < 0 ? mantissa : mantissa[..dot];
        var fraction = dot < 0 ? default : mantissa[(dot + 1)..];

        // The number is 0.DDD * 10^point, where DDD are the digits of whole and fraction in one row, from the first to the last that is no zero.
        var first = FirstDigit(whole, fraction);
        if (first < 0) return ScalarReading.Good;
        var last = LastDigit(whole, fraction);
        var point = whole.Length - first + (mark < 0 ? 0 : Exponent(number[(mark + 1)..]));
        var digits = last - first + 1;
        if (point < digits) return ScalarReading.Wrong;
        if (point > MostDigits) return ScalarReading.OutOfRange;
        for (var i = first; i <= last; i++) value = (value * 10) + ((i < whole.Length ? whole[i] : fraction[i - whole.Length]) - '0');
        for (var i = digits; i < point; i++) value *= 10;
        if (negative) value = -value;
        return ScalarReading.Good;
    }

    private static int FirstDigit(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> fraction)
    {
        var first = whole.IndexOfAnyExcept((byte)'0');
        if (first >= 0) return first;
        first = fraction.IndexOfAnyExcept((byte)'0');
        return first < 0 ? -1 : whole.Length + first;
    }

    private static int LastDigit(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> fraction)
    {
        var last = fraction.LastIndexOfAnyExcept((byte)'0');
        return last >= 0 ? whole.Length + last : whole.LastIndexOfAnyExcept((byte)'0');
    }

    /// <summary>An exponent; one that is too long for any type is a number that is far out.</summary>
    private static long Exponent(ReadOnlySpan<byte> text)
    {
        const long Far = 1_000_000_000_000;
        var negative = text[0] == '-';
        if (text[0] is (byte)'-' or (byte)'+') text = text[1..];
        text = text.TrimStart((byte)'0');
        if (text.IsEmpty) return 0;
        var size = text.Length <= 12 && Utf8Parser.TryParse(text, out long exponent, out _) ? exponent : Far;
        return negative ? -size : size;
    }

    private static int Digits(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return end < 0 ? text.Length : end;
    }
}

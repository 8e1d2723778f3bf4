using System.Globalization;

namespace Roadworthy.Input.Scalars;

/// <summary>A date with a time. With an offset it is handed on in UTC, so that no server's own zone gets into it; without one as it is.</summary>
internal sealed class DateTimeScalar : Scalar
{
    private const string Local = "yyyy-MM-ddTHH:mm:ss.FFFFFFF";
    private const string Utc = Local + "Z";

    public static readonly DateTimeScalar Instance = new();

    public override string Wanted => "a date and time in ISO 8601, such as 2026-01-31T12:00:00Z";

    public override bool IsQuoted => true;

    public override ReadOnlySpan<byte> Placeholder => "\"0001-01-01T00:00:00\""u8;

    public override ScalarReading ReadText(ReadOnlySpan<byte> text, Span<byte> scratch, out ReadOnlySpan<byte> canonical)
    {
        canonical = text;
        if (IsoText.IsPlainUtc(text)) return ScalarReading.Good;
        int written;
        if (IsoText.HasOffset(text))
        {
            if (!IsoText.TryRead(text, out DateTimeOffset instant)) return ScalarReading.Wrong;
            if (text[^1] == 'Z' && text.Length <= Utc.Length) return ScalarReading.Good;
            instant.UtcDateTime.TryFormat(scratch, out written, Utc, CultureInfo.InvariantCulture);
        }
        else
        {
            if (!IsoText.TryRead(text, out DateTime value)) return ScalarReading.Wrong;
            if (text.Length <= Local.Length) return ScalarReading.Good;
            value.TryFormat(scratch, out written, Local, CultureInfo.InvariantCulture);
        }

        canonical = scratch[..written];
        return ScalarReading.Good;
    }

    public override object ToValue(ReadOnlySpan<byte> canonical) => IsoText.TryRead(canonical, out DateTime value) ? value : default;
}

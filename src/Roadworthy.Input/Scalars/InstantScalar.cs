using System.Globalization;

namespace Roadworthy.Input.Scalars;

/// <summary>An instant: ISO 8601 with an offset, handed on in UTC, which is what PostgreSQL's timestamptz takes.</summary>
internal sealed class InstantScalar : Scalar
{
    /// <summary>The round-trip form: years to ticks and Z.</summary>
    private const string Utc = "yyyy-MM-ddTHH:mm:ss.FFFFFFFZ";

    public static readonly InstantScalar Instance = new();

    public override string Wanted => "an instant in ISO 8601 with an offset, such as 2026-01-31T12:00:00Z";

    public override bool IsQuoted => true;

    public override ReadOnlySpan<byte> Placeholder => "\"0001-01-01T00:00:00Z\""u8;

    public override ScalarReading ReadText(ReadOnlySpan<byte> text, Span<byte> scratch, out ReadOnlySpan<byte> canonical)
    {
        canonical = text;
        if (IsoText.IsPlainUtc(text)) return ScalarReading.Good;
        if (!IsoText.HasOffset(text) || !IsoText.TryRead(text, out DateTimeOffset value)) return ScalarReading.Wrong;
        if (text[^1] == 'Z' && text.Length <= Utc.Length) return ScalarReading.Good;
        value.UtcDateTime.TryFormat(scratch, out var written, Utc, CultureInfo.InvariantCulture);
        canonical = scratch[..written];
        return ScalarReading.Good;
    }

    public override object ToValue(ReadOnlySpan<byte> canonical) => IsoText.TryRead(canonical, out DateTimeOffset value) ? value : default;
}

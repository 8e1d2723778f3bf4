using System.Globalization;
using System.Text;

namespace Roadworthy.Input.Scalars;

internal sealed class DateScalar : Scalar
{
    private const string Iso = "yyyy-MM-dd";

    public static readonly DateScalar Instance = new();

    public override string Wanted => "a date in ISO 8601, such as 2026-01-31";

    public override bool IsQuoted => true;

    public override ReadOnlySpan<byte> Placeholder => "\"0001-01-01\""u8;

    public override ScalarReading ReadText(ReadOnlySpan<byte> text, Span<byte> scratch, out ReadOnlySpan<byte> canonical)
    {
        canonical = text;
        return IsoText.IsDate(text) ? ScalarReading.Good : ScalarReading.Wrong;
    }

    public override object ToValue(ReadOnlySpan<byte> canonical) => TryRead(canonical, out var value) ? value : default;

    private static bool TryRead(ReadOnlySpan<byte> text, out DateOnly value)
    {
        value = default;
        Span<char> chars = stackalloc char[Iso.Length];
        return text.Length == Iso.Length && Ascii.ToUtf16(text, chars, out _) == System.Buffers.OperationStatus.Done
            && DateOnly.TryParseExact(chars, Iso, CultureInfo.InvariantCulture, DateTimeStyles.None, out value);
    }
}

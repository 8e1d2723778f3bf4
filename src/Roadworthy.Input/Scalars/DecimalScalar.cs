using System.Buffers.Text;
using System.Globalization;

namespace Roadworthy.Input.Scalars;

internal sealed class DecimalScalar : Scalar
{
    public static readonly DecimalScalar Instance = new();

    public override string Wanted => "a number";

    public override string WantedInRange => string.Create(CultureInfo.InvariantCulture, $"a number from {decimal.MinValue} to {decimal.MaxValue}");

    public override bool IsQuoted => false;

    public override bool TakesNumbers => true;

    public override int PlainDigits => 15;

    public override bool TakesFractions => true;

    public override ReadOnlySpan<byte> Placeholder => "0"u8;

    public override ScalarReading ReadText(ReadOnlySpan<byte> text, Span<byte> scratch, out ReadOnlySpan<byte> canonical)
    {
        canonical = default;
        return NumberText.IsNumber(text) ? ReadNumber(text, scratch, out canonical) : ScalarReading.Wrong;
    }

    public override ScalarReading ReadNumber(ReadOnlySpan<byte> number, Span<byte> scratch, out ReadOnlySpan<byte> canonical)
    {
        canonical = number;
        var scientific = number.IndexOfAny((byte)'e', (byte)'E') >= 0;
        if (!Utf8Parser.TryParse(number, out decimal value, out var used, scientific ? 'e' : '\0') || used != number.Length) return ScalarReading.OutOfRange;
        if (!scientific) return ScalarReading.Good;

        // The binder of query and route takes no exponent.
        value.TryFormat(scratch, out var written, default, CultureInfo.InvariantCulture);
        canonical = scratch[..written];
        return ScalarReading.Good;
    }

    public override object ToValue(ReadOnlySpan<byte> canonical) => decimal.Parse(canonical, NumberStyles.Float, CultureInfo.InvariantCulture);
}

using System.Globalization;

namespace Roadworthy.Input.Scalars;

/// <summary>Binary floating point. What would turn into infinity is out of range: an answer could not hold it.</summary>
internal sealed class FloatScalar : Scalar
{
    private readonly Func<double, object> _toValue;
    private readonly Func<double, bool> _fits;

    private FloatScalar(Func<double, bool> fits, Func<double, object> toValue) => (_fits, _toValue) = (fits, toValue);

    public override string Wanted => "a number";

    public override string WantedInRange => "a number of a size that can be kept";

    public override bool IsQuoted => false;

    public override bool TakesNumbers => true;

    /// <summary>Half ends at 65,504.</summary>
    public override int PlainDigits => 4;

    public override bool TakesFractions => true;

    public override ReadOnlySpan<byte> Placeholder => "0"u8;

    public static FloatScalar? For(Type type) =>
        type == typeof(double) ? new(double.IsFinite, value => value)
        : type == typeof(float) ? new(value => float.IsFinite((float)value), value => (float)value)
        : type == typeof(Half) ? new(value => Half.IsFinite((Half)value), value => (Half)value)
        : null;

    public override ScalarReading ReadText(ReadOnlySpan<byte> text, Span<byte> scratch, out ReadOnlySpan<byte> canonical)
    {
        canonical = default;
        return NumberText.IsNumber(text) ? ReadNumber(text, scratch, out canonical) : ScalarReading.Wrong;
    }

    public override ScalarReading ReadNumber(ReadOnlySpan<byte> number, Span<byte> scratch, out ReadOnlySpan<byte> canonical)
    {
        canonical = number;
        return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && _fits(value) ? ScalarReading.Good : ScalarReading.OutOfRange;
    }

    public override object ToValue(ReadOnlySpan<byte> canonical) => _toValue(double.Parse(canonical, NumberStyles.Float, CultureInfo.InvariantCulture));
}

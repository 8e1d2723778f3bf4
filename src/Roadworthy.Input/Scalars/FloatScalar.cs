using System.Globalization;

namespace Roadworthy.Input.Scalars;

/// <summary>Binary floating point. What would turn into infinity is out of range: an answer could not hold it.</summary>
internal sealed class FloatScalar : Scalar
{
    private readonly Func<double, object> _toValue;
    private readonly Func<double, bool> _fits;

    private FloatScalar(int plainDigits, Func<double, bool> fits, Func<double, object> toValue) => (PlainDigits, _fits, _toValue) = (plainDigits, fits, toValue);

    public override string Wanted => "a number";

    public override string WantedInRange => "a number of a size that can be kept";

    public override bool IsQuoted => false;

    public override bool TakesNumbers => true;

    public override int PlainDigits { get; }

    public override bool TakesFractions => true;

    public override ReadOnlySpan<byte> Placeholder => "0"u8;

    /// <remarks>Half ends at 65,504.</remarks>
    public static FloatScalar? For(Type type) =>
        type == typeof(double) ? new(15, double.IsFinite, value => value)
        : type == typeof(float) ? new(15, value => float.IsFinite((float)value), value => (float)value)
        : type == typeof(Half) ? new(4, value => Half.IsFinite((Half)value), value => (Half)value)
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

using System.Globalization;

namespace Roadworthy.Input.Scalars;

/// <summary>Whole numbers of up to 64 bits, in any way of writing that has no fraction.</summary>
internal sealed class IntegerScalar : Scalar
{
    private readonly Func<Int128, object> _toValue;
    private readonly Int128 _least;
    private readonly Int128 _most;

    /// <summary>So many digits fit whatever they are.</summary>
    private readonly int _safeDigits;

    private IntegerScalar(Int128 least, Int128 most, Func<Int128, object> toValue)
    {
        (_least, _most, _toValue) = (least, most, toValue);
        WantedInRange = string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}");
        _safeDigits = most.ToString(CultureInfo.InvariantCulture).Length - 1;
    }

    public override string Wanted => "a whole number";

    public override string WantedInRange { get; }

    public override bool IsQuoted => false;

    public override bool TakesNumbers => true;

    public override int PlainDigits => _safeDigits;

    public override bool TakesNegatives => _least < 0;

    public override ReadOnlySpan<byte> Placeholder => "0"u8;

    public static IntegerScalar? For(Type type) => Type.GetTypeCode(type) switch
    {
        _ when type.IsEnum => null,
        TypeCode.SByte => new(sbyte.MinValue, sbyte.MaxValue, value => (sbyte)value),
        TypeCode.Byte => new(byte.MinValue, byte.MaxValue, value => (byte)value),
        TypeCode.Int16 => new(short.MinValue, short.MaxValue, value => (short)value),
        TypeCode.UInt16 => new(ushort.MinValue, ushort.MaxValue, value => (ushort)value),
        TypeCode.Int32 => new(int.MinValue, int.MaxValue, value => (int)value),
        TypeCode.UInt32 => new(uint.MinValue, uint.MaxValue, value => (uint)value),
        TypeCode.Int64 => new(long.MinValue, long.MaxValue, value => (long)value),
        TypeCode.UInt64 => new(ulong.MinValue, ulong.MaxValue, value => (ulong)value),
        _ => null,
    };

    public override ScalarReading ReadText(ReadOnlySpan<byte> text, Span<byte> scratch, out ReadOnlySpan<byte> canonical)
    {
        canonical = default;
        return NumberText.IsNumber(text) ? ReadNumber(text, scratch, out canonical) : ScalarReading.Wrong;
    }

    public override ScalarReading ReadNumber(ReadOnlySpan<byte> number, Span<byte> scratch, out ReadOnlySpan<byte> canonical)
    {
        canonical = number;
        var digits = number[0] == '-' && _least < 0 ? number[1..] : number;
        if (digits.Length <= _safeDigits && digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0) return ScalarReading.Good;

        var reading = NumberText.ReadInteger(number, out var value);
        if (reading != ScalarReading.Good) return reading;
        if (value < _least || value > _most) return ScalarReading.OutOfRange;
        value.TryFormat(scratch, out var written, default, CultureInfo.InvariantCulture);
        canonical = scratch[..written];
        return ScalarReading.Good;
    }

    public override object ToValue(ReadOnlySpan<byte> canonical) => _toValue(Int128.Parse(canonical, CultureInfo.InvariantCulture));
}

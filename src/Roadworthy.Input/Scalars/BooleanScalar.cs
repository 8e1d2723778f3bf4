using System.Text;

namespace Roadworthy.Input.Scalars;

internal sealed class BooleanScalar : Scalar
{
    public static readonly BooleanScalar Instance = new();

    public override string Wanted => "true or false";

    public override bool IsQuoted => false;

    public override bool TakesBooleans => true;

    public override ReadOnlySpan<byte> Placeholder => "false"u8;

    public override ScalarReading ReadText(ReadOnlySpan<byte> text, Span<byte> scratch, out ReadOnlySpan<byte> canonical)
    {
        if (Ascii.EqualsIgnoreCase(text, "true"u8)) canonical = "true"u8;
        else if (Ascii.EqualsIgnoreCase(text, "false"u8)) canonical = "false"u8;
        else canonical = default;
        return canonical.IsEmpty ? ScalarReading.Wrong : ScalarReading.Good;
    }

    public override object ToValue(ReadOnlySpan<byte> canonical) => canonical.SequenceEqual("true"u8);
}

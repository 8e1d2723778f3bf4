using System.Buffers.Text;

namespace Roadworthy.Input.Scalars;

/// <summary>A UUID in its hyphenated form (RFC 9562, section 4).</summary>
internal sealed class GuidScalar : Scalar
{
    public static readonly GuidScalar Instance = new();

    public override string Wanted => "a UUID such as 123e4567-e89b-12d3-a456-426614174000";

    public override bool IsQuoted => true;

    public override ReadOnlySpan<byte> Placeholder => "\"00000000-0000-0000-0000-000000000000\""u8;

    public override ScalarReading ReadText(ReadOnlySpan<byte> text, Span<byte> scratch, out ReadOnlySpan<byte> canonical)
    {
        canonical = text;
        return Utf8Parser.TryParse(text, out Guid _, out var used) && used == text.Length ? ScalarReading.Good : ScalarReading.Wrong;
    }

    public override object ToValue(ReadOnlySpan<byte> canonical) => Utf8Parser.TryParse(canonical, out Guid value, out _) ? value : Guid.Empty;
}

using System.Buffers.Text;

namespace Roadworthy.Wire.Codec;

/// <summary>What a CommandComplete says, such as <c>UPDATE 3</c> or <c>INSERT 0 1</c>.</summary>
internal static class CommandTag
{
    /// <returns>The number at its end; -1 where there is none.</returns>
    public static long Rows(ReadOnlySpan<byte> tag)
    {
        var digits = tag[(tag.LastIndexOf((byte)' ') + 1)..];
        return digits.Length < tag.Length && Utf8Parser.TryParse(digits, out long rows, out var used) && used == digits.Length && rows >= 0 ? rows : -1;
    }
}

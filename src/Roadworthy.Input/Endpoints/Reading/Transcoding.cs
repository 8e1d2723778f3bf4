using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Roadworthy.Input.Bodies;
using Roadworthy.Input.Failures;

namespace Roadworthy.Input.Endpoints.Reading;

/// <summary>Turns a body of another encoding into UTF-8.</summary>
internal static class Transcoding
{
    private const int Utf16 = 1200;
    private const int Utf16BigEndian = 1201;

    /// <returns>Null where the bytes are not in the encoding; then <paramref name="errors"/> says where.</returns>
    public static PooledBuffer? ToUtf8(ReadOnlySpan<byte> bytes, Encoding encoding, InputErrors errors)
    {
        // "utf-16" alone leaves the order of the bytes to the mark.
        if (encoding.CodePage == Utf16 && bytes is [0xFE, 0xFF, ..])
        {
            encoding = Encoding.GetEncoding("utf-16BE", encoding.EncoderFallback, encoding.DecoderFallback);
        }

        var characters = ArrayPool<char>.Shared.Rent(encoding.GetMaxCharCount(bytes.Length));
        try
        {
            ReadOnlySpan<char> text = characters.AsSpan(0, encoding.GetChars(bytes, characters));
            var utf8 = new PooledBuffer(Encoding.UTF8.GetMaxByteCount(text.Length));
            Encoding.UTF8.GetBytes(text, utf8);
            return utf8;
        }
        catch (DecoderFallbackException fault)
        {
            var offset = encoding.CodePage is Utf16 or Utf16BigEndian ? FirstHalf(bytes, encoding.CodePage == Utf16BigEndian) : fault.Index;
            errors.Add("", InputRule.Encoding, $"Must be text in {encoding.WebName}, but the bytes at offset {offset} are none.");
            return null;
        }
        finally
        {
            ArrayPool<char>.Shared.Return(characters);
        }
    }

    /// <summary>The exception tells where the decoder noticed, which may be behind the half of a surrogate pair that is to blame.</summary>
    private static int FirstHalf(ReadOnlySpan<byte> bytes, bool isBigEndian)
    {
        var offset = 0;
        while (offset + 1 < bytes.Length)
        {
            var unit = Unit(bytes, offset, isBigEndian);
            if (char.IsSurrogate(unit))
            {
                if (offset + 3 >= bytes.Length || !char.IsSurrogatePair(unit, Unit(bytes, offset + 2, isBigEndian))) return offset;
                offset += 2;
            }

            offset += 2;
        }

        return offset;
    }

    private static char Unit(ReadOnlySpan<byte> bytes, int offset, bool isBigEndian) => (char)(isBigEndian
        ? BinaryPrimitives.ReadUInt16BigEndian(bytes[offset..])
        : BinaryPrimitives.ReadUInt16LittleEndian(bytes[offset..]));
}

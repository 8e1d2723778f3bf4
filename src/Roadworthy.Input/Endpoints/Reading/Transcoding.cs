using System.Buffers;
using System.Text;
using Roadworthy.Input.Bodies;
using Roadworthy.Input.Failures;

namespace Roadworthy.Input.Endpoints.Reading;

/// <summary>Turns a body of another encoding into UTF-8.</summary>
internal static class Transcoding
{
    private const int Utf16 = 1200;

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
            errors.Add("", InputRule.Encoding, $"Must be text in {encoding.WebName}, but the bytes at offset {Math.Max(fault.Index, 0)} are none.");
            return null;
        }
        finally
        {
            ArrayPool<char>.Shared.Return(characters);
        }
    }
}

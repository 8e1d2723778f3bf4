using System.Buffers;
using System.Text;

namespace Roadworthy.Errors.Json;

// Not Utf8JsonWriter: it replaces lone surrogates by U+FFFD and can't stop at a byte bound.
internal static class JsonText
{
    private const int LongestEscape = 6;
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        [.. Enumerable.Range(0x20, 0x5F).Select(c => (char)c).Where(c => c is not ('"' or '\\'))]);

    /// <summary>Escapes as many whole characters as fit. <paramref name="read"/> is less than the text's length when they don't all.</summary>
    public static void Escape(ReadOnlySpan<char> text, Span<byte> destination, out int read, out int written)
    {
        read = 0;
        written = 0;
        while (read < text.Length)
        {
            var run = text[read..].IndexOfAnyExcept(Plain);
            run = Math.Min(run < 0 ? text.Length - read : run, destination.Length - written);
            Ascii.FromUtf16(text.Slice(read, run), destination[written..], out _);
            read += run;
            written += run;
            if (read == text.Length || !TryEscapeOne(text[read..], destination[written..], out var chars, out var bytes))
            {
                return;
            }

            read += chars;
            written += bytes;
        }
    }

    private static bool TryEscapeOne(ReadOnlySpan<char> text, Span<byte> destination, out int chars, out int bytes)
    {
        chars = 1;
        bytes = 0;
        var c = text[0];
        var shorthand = c switch { '"' => '"', '\\' => '\\', '\n' => 'n', '\r' => 'r', '\t' => 't', _ => '\0' };
        if (shorthand != '\0')
        {
            if (destination.Length < 2)
            {
                return false;
            }

            destination[0] = (byte)'\\';
            destination[1] = (byte)shorthand;
            bytes = 2;
            return true;
        }

        if (!Characters.IsUnsafe(c) && Rune.DecodeFromUtf16(text, out var rune, out chars) == OperationStatus.Done)
        {
            return rune.TryEncodeToUtf8(destination, out bytes);
        }

        chars = 1;
        return TryWriteEscape(c, destination, out bytes);
    }

    private static bool TryWriteEscape(char c, Span<byte> destination, out int bytes)
    {
        bytes = 0;
        if (destination.Length < LongestEscape)
        {
            return false;
        }

        "\\u"u8.CopyTo(destination);
        ((int)c).TryFormat(destination[2..], out _, "x4", provider: null);
        bytes = LongestEscape;
        return true;
    }
}

using System.Text;
using System.Text.Json;

namespace Roadworthy.Input.Bodies;

/// <summary>Member names as they stand in a document.</summary>
internal static class NameText
{
    /// <param name="raw">Between the quotes; escapes may make half a surrogate pair, which is replaced by U+FFFD.</param>
    public static string Read(ReadOnlySpan<byte> raw) => Encoding.UTF8.GetString(Unescape(raw));

    /// <summary>A name with half a pair becomes U+FFFD.</summary>
    public static ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> raw)
    {
        if (raw.IndexOf((byte)'\\') < 0) return raw;
        var quoted = new byte[raw.Length + 2];
        quoted[0] = quoted[^1] = (byte)'"';
        raw.CopyTo(quoted.AsSpan(1));
        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        var text = new byte[raw.Length];
        try
        {
            return text.AsSpan(0, reader.CopyString(text));
        }
        catch (InvalidOperationException)
        {
            return "\uFFFD"u8;
        }
    }
}

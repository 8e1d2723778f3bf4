using System.Text;
using Microsoft.Net.Http.Headers;

namespace Roadworthy.Input.Endpoints.Reading;

/// <summary>What a request's Content-Type says about a JSON body.</summary>
/// <param name="Encoding">The encoding to read it by; null for UTF-8.</param>
/// <param name="Rewritten">The header for the binder, which reads UTF-8 and no quoted charset; null where it can stay.</param>
internal readonly record struct JsonContent(Encoding? Encoding, string? Rewritten)
{
    public const string Plain = "application/json";
    private const string PlainUtf8 = "application/json; charset=utf-8";
    private const string TextJson = "text/json";

    public static bool IsJson(string mediaType) => TryParse(mediaType, takesText: false, out _);

    /// <param name="contentType">The header.</param>
    /// <param name="takesText">text/json is JSON too.</param>
    /// <param name="content">What it says.</param>
    /// <returns>False where it is no JSON, or in an encoding that .NET does not know.</returns>
    public static bool TryRead(string? contentType, bool takesText, out JsonContent content)
    {
        content = default;
        if (string.Equals(contentType, Plain, StringComparison.OrdinalIgnoreCase) || string.Equals(contentType, PlainUtf8, StringComparison.OrdinalIgnoreCase)) return true;
        if (!TryParse(contentType, takesText, out var header)) return false;
        if (!header!.Charset.HasValue || header.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)) return true;
        if (Find(HeaderUtilities.RemoveQuotes(header.Charset).ToString()) is not { } encoding) return false;
        header.Charset = "utf-8";
        content = new JsonContent(encoding.CodePage == Encoding.UTF8.CodePage ? null : encoding, header.ToString());
        return true;
    }

    private static bool TryParse(string? contentType, bool takesText, out MediaTypeHeaderValue? header) =>
        MediaTypeHeaderValue.TryParse(contentType, out header)
        && (header.MediaType.Equals(Plain, StringComparison.OrdinalIgnoreCase)
            || header.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase)
            || (takesText && header.MediaType.Equals(TextJson, StringComparison.OrdinalIgnoreCase)));

    private static Encoding? Find(string charset)
    {
        try
        {
            return Encoding.GetEncoding(charset, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}

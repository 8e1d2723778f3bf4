using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Roadworthy.Idempotency.Keys;

/// <summary>
/// The header <c>Idempotency-Key</c> (draft-ietf-httpapi-idempotency-key-header): a string as structured fields have it (RFC 9651, 3.3.3),
/// <c>"8e03978e-40d5-43dd-bc93-6894a57f9324"</c>, or the same without its quotes, as most clients send it. Both are one key.
/// </summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";
    public const int MaxLength = 255;

    public const string Expected = "Must be 1 to 255 visible ASCII characters, such as a UUID.";

    public static bool TryParse(string? text, [NotNullWhen(true)] out string? key)
    {
        key = text?.Trim(' ', '\t');
        if (key is ['"', ..] && !TryUnquote(key, out key)) return false;
        return key is { Length: > 0 and <= MaxLength } && key.All(c => c is > ' ' and <= '~');
    }

    private static bool TryUnquote(string text, [NotNullWhen(true)] out string? key)
    {
        key = null;
        var inside = new StringBuilder(text.Length);
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                // Parameters behind it have no meaning here.
                if (i != text.Length - 1) return false;
                key = inside.ToString();
                return true;
            }

            if (text[i] == '\\' && (++i == text.Length || text[i] is not ('"' or '\\'))) return false;
            inside.Append(text[i]);
        }

        return false;
    }
}

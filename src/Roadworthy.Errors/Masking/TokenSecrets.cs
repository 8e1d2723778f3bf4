using System.Buffers;

namespace Roadworthy.Errors.Masking;

/// <summary>Secrets that are known by their own form.</summary>
internal static class TokenSecrets
{
    private const int ShortestJwt = 16;

    // "-----BEGIN ENCRYPTED ", with room to spare.
    private const int LongestKeyKind = 32;
    private static readonly SearchValues<char> JwtCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    private static readonly string[] WordsAfterBearer =
        ["token", "tokens", "auth", "authentication", "authorization", "scheme", "challenge", "header", "was", "is", "error", "realm"];

    public static SecretSpan FindJwt(string text, int at)
    {
        if (at > 0 && char.IsAsciiLetterOrDigit(text[at - 1]))
        {
            return default;
        }

        var length = text.AsSpan(at).IndexOfAnyExcept(JwtCharacters);
        var token = length < 0 ? text.AsSpan(at) : text.AsSpan(at, length);
        return token.Length >= ShortestJwt ? new SecretSpan(at, at + token.Length) : default;
    }

    public static SecretSpan FindBearer(string text, int at)
    {
        var word = Word(text, at + "bearer ".Length);
        var plain = text.AsSpan(word.Start, word.Length).Trim("\"',;:.=()");
        foreach (var known in WordsAfterBearer)
        {
            if (plain.Equals(known, StringComparison.OrdinalIgnoreCase))
            {
                return default;
            }
        }

        return word;
    }

    public static SecretSpan FindBasic(string text, int at)
    {
        var word = Word(text, at + "basic ".Length);
        var characters = text.AsSpan(word.Start, word.Length);
        var bytes = new byte[characters.Length];
        return Convert.TryFromBase64Chars(characters, bytes, out var count) && bytes.AsSpan(0, count).Contains((byte)':') ? word : default;
    }

    public static SecretSpan FindPrivateKey(string text, int at)
    {
        var start = at + "private key-----".Length;
        var kind = text.AsSpan(Math.Max(0, at - LongestKeyKind), Math.Min(at, LongestKeyKind));
        if (kind.LastIndexOf("-----BEGIN", StringComparison.Ordinal) < 0)
        {
            return default;
        }

        var end = text.IndexOf("-----END", start, StringComparison.Ordinal);
        return new SecretSpan(start, end < 0 ? text.Length : end);
    }

    public static SecretSpan Word(string text, int start)
    {
        while (start < text.Length && text[start] == ' ')
        {
            start++;
        }

        var end = start;
        while (end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] is not ('"' or '\'' or '<'))
        {
            end++;
        }

        return new SecretSpan(start, end);
    }
}

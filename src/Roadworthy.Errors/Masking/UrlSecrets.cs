using System.Buffers;

namespace Roadworthy.Errors.Masking;

/// <summary>The password in scheme://user:password@host.</summary>
internal static class UrlSecrets
{
    private const int LongestUrl = 1_024;
    private static readonly SearchValues<char> UrlEnds = SearchValues.Create(" \t\r\n\"'<>");
    private static readonly SearchValues<char> AuthorityEnds = SearchValues.Create(" \t\r\n\"'<>/?#");

    public static SecretSpan Find(string text, int separator)
    {
        var start = separator + 3;
        var rest = text.AsSpan(start, Math.Min(LongestUrl, text.Length - start));
        var authorityEnd = rest.IndexOfAny(AuthorityEnds);
        var authority = authorityEnd < 0 ? rest : rest[..authorityEnd];
        var colon = authority.IndexOf(':');
        if (colon < 0)
        {
            return default;
        }

        var at = authority.LastIndexOf('@');
        if (at < colon)
        {
            // host:port/path, unless what stands for the port is no number: then it is a password with a slash in it.
            at = IsPort(authority[(colon + 1)..]) ? -1 : Url(rest).LastIndexOf('@');
        }

        return at <= colon ? default : new SecretSpan(start + colon + 1, start + at);
    }

    private static ReadOnlySpan<char> Url(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAny(UrlEnds);
        return end < 0 ? text : text[..end];
    }

    private static bool IsPort(ReadOnlySpan<char> text) => text.Length <= 5 && text.IndexOfAnyExceptInRange('0', '9') < 0;
}

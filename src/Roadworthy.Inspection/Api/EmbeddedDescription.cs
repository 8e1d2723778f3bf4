using System.Text.RegularExpressions;

namespace Roadworthy.Inspection.Api;

/// <summary>The description in a page for people: Swagger UI's, ReDoc's, Scalar's and their like hold it or lead to it.</summary>
internal static partial class EmbeddedDescription
{
    private const int MostLinks = 5;

    /// <summary>Paths that the page loads its description from.</summary>
    public static IEnumerable<string> LinksIn(string html, string page) =>
        Link().Matches(html).Select(match => match.Groups["url"].Value.Replace("\\/", "/", StringComparison.Ordinal)).SelectMany(url => Absolute(url, page)).Distinct(StringComparer.Ordinal).Take(MostLinks);

    /// <summary>Scripts of the page's own that may hold it: swagger-ui-init.js.</summary>
    public static IEnumerable<string> ScriptsIn(string html, string page) =>
        Script().Matches(html).SelectMany(match => Absolute(match.Groups["url"].Value, page)).Distinct(StringComparer.Ordinal).Take(MostLinks);

    /// <summary>The document's text, cut out of a script; null where there is none.</summary>
    public static string? In(string text)
    {
        if (Beginning().Match(text) is not { Success: true } match) return null;
        var start = match.Groups["open"].Index;
        var (depth, inText) = (0, false);
        for (var at = start; at < text.Length; at++)
        {
            var c = text[at];
            if (inText)
            {
                if (c == '\\') at++;
                else if (c == '"') inText = false;
            }
            else if (c == '"') inText = true;
            else if (c == '{') depth++;
            else if (c == '}' && --depth == 0) return text[start..(at + 1)];
        }

        return null;
    }

    /// <summary>Seen from the page, and from the folder of its name: some are served at both.</summary>
    private static IEnumerable<string> Absolute(string url, string page)
    {
        foreach (var from in (string[])[page.TrimEnd('/') + "/", page])
            if (Uri.TryCreate(new Uri("http://127.0.0.1" + from), url, out var uri) && uri.Host == "127.0.0.1") yield return uri.PathAndQuery;
    }

    [GeneratedRegex("""(?:url|spec-url|data-url|specUrl|configUrl)["']?\s*[:=]\s*["'](?<url>[^"'\s<>]{1,300})["']""")]
    private static partial Regex Link();

    [GeneratedRegex("""<script[^>]+src=["'](?<url>[^"']*(?:init|swagger-initializer|config)[^"']*\.js[^"']*)["']""", RegexOptions.IgnoreCase)]
    private static partial Regex Script();

    [GeneratedRegex("""(?:"?(?:swaggerDoc|spec|content)"?\s*[:=]\s*)(?<open>\{)\s*"(?:openapi|swagger|info|components|paths)"|(?<open>\{)\s*"(?:openapi|swagger)"\s*:\s*"[23]""")]
    private static partial Regex Beginning();
}

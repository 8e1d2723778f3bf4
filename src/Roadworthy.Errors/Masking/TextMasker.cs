using System.Buffers;
using System.Text;

namespace Roadworthy.Errors.Masking;

/// <summary>
/// Finds secrets inside text by what stands around them. One vectorised search decides that a text has none; a hit is looked at by hand,
/// in time linear in the text, so no pattern can be made to run away.
/// </summary>
internal sealed class TextMasker
{
    public const string Mask = "***";
    private static readonly string[] Triggers = ["bearer ", "basic ", "eyJ", "://", "private key-----"];

    private readonly SecretNames _names;
    private readonly SearchValues<string> _triggers;

    public TextMasker(SecretNames names)
    {
        _names = names;
        _triggers = SearchValues.Create([.. Triggers, .. names.All.SelectMany(Spellings)], StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The text itself when it holds no secret.</summary>
    public string Apply(string text)
    {
        var hit = text.AsSpan().IndexOfAny(_triggers);
        if (hit < 0)
        {
            return text;
        }

        StringBuilder? masked = null;
        var kept = 0;
        var from = 0;
        while (hit >= 0)
        {
            var at = from + hit;
            var secret = SecretAt(text, at, kept);
            if (secret.Length > 0)
            {
                masked ??= new StringBuilder(text.Length);
                masked.Append(text, kept, secret.Start - kept).Append(Mask);
                kept = secret.End;
            }

            from = Math.Max(at + 1, Math.Max(kept, secret.End));
            hit = from < text.Length ? text.AsSpan(from).IndexOfAny(_triggers) : -1;
        }

        return masked is null ? text : masked.Append(text, kept, text.Length - kept).ToString();
    }

    private SecretSpan SecretAt(string text, int at, int floor)
    {
        var rest = text.AsSpan(at);
        if (rest.StartsWith("://", StringComparison.Ordinal))
        {
            return UrlSecrets.Find(text, at);
        }

        if (rest.StartsWith("eyJ", StringComparison.Ordinal))
        {
            return TokenSecrets.FindJwt(text, at);
        }

        if (rest.StartsWith("private key-----", StringComparison.OrdinalIgnoreCase))
        {
            return TokenSecrets.FindPrivateKey(text, at);
        }

        if (rest.StartsWith("basic ", StringComparison.OrdinalIgnoreCase))
        {
            return TokenSecrets.FindBasic(text, at);
        }

        var named = NamedSecrets.Find(text, at, floor, _names);
        return named.Length == 0 && rest.StartsWith("bearer ", StringComparison.OrdinalIgnoreCase)
            ? TokenSecrets.FindBearer(text, at)
            : named;
    }

    // A name may be spelled api_key, api-key or "api key" in text; names are kept without separators.
    private static IEnumerable<string> Spellings(string name)
    {
        yield return name;
        foreach (var second in (string[])["key", "string"])
        {
            if (name.EndsWith(second, StringComparison.Ordinal) && name.Length > second.Length)
            {
                var first = name[..^second.Length];
                yield return $"{first}_{second}";
                yield return $"{first}-{second}";
                yield return $"{first} {second}";
            }
        }
    }
}

using System.Text.RegularExpressions;

namespace Roadworthy.Inspection.Findings;

/// <summary>
/// Takes secrets out of whatever is shown or written: those that the inspection itself used or was given (tokens, passwords, cookies, the database's
/// password), wherever they stand, and what looks like one. Control characters become visible. Safe to use concurrently.
/// </summary>
public sealed partial class SecretScrubber
{
    /// <summary>What stands in a secret's place.</summary>
    public const string Mask = "***";

    private const int ShortestSecret = 6;
    private readonly Lock _adding = new();
    private volatile string[] _known = [];

    /// <summary>Remembers a secret: from here on it is masked wherever it stands. What is shorter than six characters is not, since it stands everywhere.</summary>
    public void Add(string? secret)
    {
        if (secret is not { Length: >= ShortestSecret }) return;
        lock (_adding)
        {
            // The longest first: a token that begins with another is masked as a whole.
            if (!_known.Contains(secret, StringComparer.Ordinal)) _known = [.. _known.Append(secret).OrderByDescending(text => text.Length)];
        }
    }

    /// <summary>The text without secrets and control characters.</summary>
    public string Scrub(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (var secret in _known) text = text.Replace(secret, Mask, StringComparison.Ordinal);
        text = Jwt().Replace(text, Mask);
        text = Scheme().Replace(text, $"${{scheme}} {Mask}");
        text = UserInfo().Replace(text, $"${{user}}:{Mask}@");
        text = Named().Replace(text, $"${{name}}${{between}}{Mask}");
        text = Hash().Replace(text, Mask);
        return Controls().Replace(text, match => match.Value[0] < 0x20 ? ((char)(0x2400 + match.Value[0])).ToString() : "\ufffd");
    }

    [GeneratedRegex(@"\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{5,}(?:\.[A-Za-z0-9_-]*)?", RegexOptions.NonBacktracking)]
    private static partial Regex Jwt();

    [GeneratedRegex(@"\b(?<scheme>Bearer|Basic)\s+[A-Za-z0-9+/=._~-]{6,}", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Scheme();

    [GeneratedRegex(@"(?<user>://[^\s:/@]{1,256}):[^\s@/]{1,256}@", RegexOptions.NonBacktracking)]
    private static partial Regex UserInfo();

    // name=value, name: value and JSON, also within a text of JSON; a cookie's value up to its end.
    [GeneratedRegex("""(?<name>(?:password|passwd|pwd|secret|token|authorization|api[-_]?key|set-cookie|cookie)[a-z_-]*\\*"?)(?<between>\s*[:=]\s*\\*"?(?:(?:Bearer|Basic)\s+)?)(?:[^\s"',;&}\]]{1,4096})""", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Named();

    // bcrypt, Argon2 and the like.
    [GeneratedRegex(@"\$(?:2[abxy]|argon2(?:id|i|d)|pbkdf2[a-z0-9-]*|scrypt|5|6|7)\$[A-Za-z0-9./+=,$_-]{16,}", RegexOptions.NonBacktracking)]
    private static partial Regex Hash();

    // C0 but tab and line feed, DEL and C1, and what turns the direction of text round.
    [GeneratedRegex(@"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", RegexOptions.NonBacktracking)]
    private static partial Regex Controls();
}

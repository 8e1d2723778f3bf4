using System.Text.RegularExpressions;

namespace Roadworthy.Inspection.Driving;

/// <summary>Masks what nobody may read in a report: tokens, passwords, cookies.</summary>
internal static partial class Secrets
{
    public const string Mask = "***";

    private const string Words = "passw|passphrase|passcode|pwd|secret|token|api[-_]?key";

    private static readonly string[] Headers =
        ["Authorization", "Proxy-Authorization", "Cookie", "Set-Cookie", "X-Api-Key", "Api-Key", "X-Auth-Token", "X-Access-Token", "X-CSRF-Token", "X-CSRFToken", "X-XSRF-Token"];

    public static string Header(string name, string value)
    {
        if (!Headers.Contains(name, StringComparer.OrdinalIgnoreCase) && !IsSecretName(name)) return Text(value);
        // The scheme tells what kind it was.
        var space = value.IndexOf(' ', StringComparison.Ordinal);
        return name.EndsWith("Authorization", StringComparison.OrdinalIgnoreCase) && space is > 0 and < 12 ? $"{value[..space]} {Mask}" : Mask;
    }

    /// <summary>A text that may be JSON, JSON within JSON, a form of either kind, a query, an address or a line of a log.</summary>
    public static string Text(string text)
    {
        text = JsonMember().Replace(text, "${before}${open}" + Mask + "${open}");
        text = JsonNumber().Replace(text, "${before}${open}" + Mask + "${open}");
        text = FormMember().Replace(text, "${before}" + Mask);
        text = FormPart().Replace(text, "${before}" + Mask);
        text = Address().Replace(text, "${before}" + Mask);
        return Jwt().Replace(text, Mask);
    }

    /// <summary>Whether a field of this name holds a secret.</summary>
    public static bool IsSecretName(string name) => SecretName().IsMatch(name);

    [GeneratedRegex(Words + "|authorization|credential|otp$|cvv|cvc|session[-_]?id", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    // Within a text of JSON, quotes have a backslash before them.
    [GeneratedRegex("""(?<before>(?<open>\\?")[^"\\]{0,40}(?:""" + Words + """|authorization|credential|otp(?=\\?")|cvv|cvc|session[-_]?id)[^"\\]{0,40}\k<open>\s{0,8}:\s{0,8})\k<open>(?:(?<=\\")[^"\\]*(?:\\")?|(?<!\\")(?:[^"\\]|\\.)*"?)""", RegexOptions.IgnoreCase, 2000)]
    private static partial Regex JsonMember();

    // Counts of tokens and times of sessions are numbers too, and no secrets.
    [GeneratedRegex("""(?<before>(?<open>\\?")[^"\\]{0,40}(?:passw|passphrase|passcode|pwd|otp(?=\\?")|cvv|cvc)[^"\\]{0,40}\k<open>\s{0,8}:\s{0,8})-?\d[\d.eE+-]*""", RegexOptions.IgnoreCase, 2000)]
    private static partial Regex JsonNumber();

    [GeneratedRegex("""(?<before>(?:^|[?&\s;])[\w.\[\]-]{0,40}(?:""" + Words + """|cvv|cvc)[\w.\[\]-]{0,40}=)[^&\s";]+""", RegexOptions.IgnoreCase, 2000)]
    private static partial Regex FormMember();

    [GeneratedRegex("""(?<before>name="[^"\r\n]{0,40}(?:""" + Words + """|credential|otp"|cvv|cvc)[^\r\n]{0,40}\r?\n(?:[^\r\n]{1,200}\r?\n)?\r?\n)[^\r\n]+""", RegexOptions.IgnoreCase, 2000)]
    private static partial Regex FormPart();

    // https://user:password@host
    [GeneratedRegex(@"(?<before>://[^\s:/@]{1,256}:)[^\s@/""]{1,256}(?=@)", RegexOptions.None, 2000)]
    private static partial Regex Address();

    [GeneratedRegex(@"eyJ[\w-]{10,}\.[\w-]+(?:\.[\w-]+)*", RegexOptions.None, 2000)]
    private static partial Regex Jwt();
}

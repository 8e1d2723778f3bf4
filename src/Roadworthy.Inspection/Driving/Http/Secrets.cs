using System.Text.RegularExpressions;

namespace Roadworthy.Inspection.Driving;

/// <summary>Masks what nobody may read in a report: tokens, passwords, cookies.</summary>
internal static partial class Secrets
{
    public const string Mask = "***";

    private static readonly string[] Headers =
        ["Authorization", "Proxy-Authorization", "Cookie", "Set-Cookie", "X-Api-Key", "Api-Key", "X-Auth-Token", "X-Access-Token", "X-CSRF-Token", "X-CSRFToken", "X-XSRF-Token"];

    public static string Header(string name, string value)
    {
        if (!Headers.Contains(name, StringComparer.OrdinalIgnoreCase) && !IsSecretName(name)) return Text(value);
        // The scheme tells what kind it was.
        var space = value.IndexOf(' ', StringComparison.Ordinal);
        return name.EndsWith("Authorization", StringComparison.OrdinalIgnoreCase) && space is > 0 and < 12 ? $"{value[..space]} {Mask}" : Mask;
    }

    /// <summary>A text that may be JSON, a form, a query or a line of a log.</summary>
    public static string Text(string text) =>
        Jwt().Replace(FormMember().Replace(JsonMember().Replace(text, "${before}" + Mask + "\""), "${before}" + Mask), Mask);

    /// <summary>Whether a field of this name holds a secret.</summary>
    public static bool IsSecretName(string name) => SecretName().IsMatch(name);

    [GeneratedRegex("passw|passphrase|pwd|secret|token|api[-_]?key|authorization|credential|otp$|cvv|cvc|session[-_]?id", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    [GeneratedRegex("""(?<before>"[^"\\]{0,40}(?:passw|passphrase|pwd|secret|token|api[-_]?key|authorization|credential)[^"\\]{0,40}"\s{0,8}:\s{0,8}")(?:[^"\\]|\\.)*"?""", RegexOptions.IgnoreCase, 2000)]
    private static partial Regex JsonMember();

    [GeneratedRegex("""(?<before>(?:^|[?&\s;])[\w.\[\]-]{0,40}(?:passw|passphrase|pwd|secret|token|api[-_]?key)[\w.\[\]-]{0,40}=)[^&\s";]+""", RegexOptions.IgnoreCase, 2000)]
    private static partial Regex FormMember();

    [GeneratedRegex(@"eyJ[\w-]{10,}\.[\w-]+(?:\.[\w-]+)*", RegexOptions.None, 2000)]
    private static partial Regex Jwt();
}

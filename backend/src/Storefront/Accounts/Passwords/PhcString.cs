using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Storefront.Accounts.Passwords;

/// <summary>
/// An Argon2id hash with its parameters in the PHC string format,
/// <c>$argon2id$v=19$m=19456,t=2,p=1$salt$hash</c> (github.com/P-H-C/phc-string-format).
/// </summary>
/// <param name="Memory">In KiB.</param>
internal sealed record PhcString(int Memory, int Passes, int Lanes, byte[] Salt, byte[] Hash)
{
    private const string Prefix = "$argon2id$v=19$";

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Prefix}m={Memory},t={Passes},p={Lanes}${Encode(Salt)}${Encode(Hash)}");

    public static bool TryParse(string text, [NotNullWhen(true)] out PhcString? phc)
    {
        phc = null;
        if (!text.StartsWith(Prefix, StringComparison.Ordinal)) return false;
        if (text[Prefix.Length..].Split('$') is not [var parameters, var salt, var hash]) return false;
        if (parameters.Split(',') is not [var m, var t, var p]) return false;
        if (!Number(m, "m=", out var memory) || !Number(t, "t=", out var passes) || !Number(p, "p=", out var lanes)) return false;
        if (!Decode(salt, out var saltBytes) || !Decode(hash, out var hashBytes)) return false;
        phc = new(memory, passes, lanes, saltBytes, hashBytes);
        return true;
    }

    private static bool Number(string text, string name, out int value)
    {
        value = 0;
        return text.StartsWith(name, StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(name.Length), NumberStyles.None, CultureInfo.InvariantCulture, out value) && value > 0;
    }

    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    private static bool Decode(string text, out byte[] bytes)
    {
        bytes = new byte[text.Length];
        var read = Convert.TryFromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='), bytes, out var length);
        bytes = bytes[..length];
        return read && length > 0;
    }
}

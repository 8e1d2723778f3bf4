using System.Buffers;

namespace Roadworthy.Input.Rules;

/// <summary>Tells by a member's name whether its value is a secret.</summary>
internal static class SecretName
{
    private const int LongestName = 128;

    private static readonly SearchValues<string> Names = SearchValues.Create(
        [
            "password", "passwd", "pwd", "passphrase", "passcode", "secret", "token", "authorization", "bearer", "jwt", "cookie", "apikey",
            "accesskey", "privatekey", "signingkey", "encryptionkey", "masterkey", "rootkey", "sharedkey", "connectionstring", "credential",
        ],
        StringComparison.OrdinalIgnoreCase);

    // Facts about a secret, not the secret: token_type, passwordLength.
    private static readonly string[] Facts = ["type", "count", "length", "lifetime", "expiry", "expires", "expiresin", "expiresat", "endpoint", "required"];

    public static bool Is(ReadOnlySpan<char> name)
    {
        Span<char> letters = stackalloc char[LongestName];
        var length = 0;
        foreach (var c in name)
        {
            if (length < LongestName && char.IsLetterOrDigit(c)) letters[length++] = c;
        }

        ReadOnlySpan<char> normalized = letters[..length];
        if (!normalized.ContainsAny(Names)) return false;
        foreach (var fact in Facts)
        {
            if (normalized.EndsWith(fact, StringComparison.OrdinalIgnoreCase)) return false;
        }

        return true;
    }
}

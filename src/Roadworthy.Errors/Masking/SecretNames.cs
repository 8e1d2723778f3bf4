using System.Buffers;

namespace Roadworthy.Errors.Masking;

/// <summary>Tells by its name whether a value is a secret.</summary>
internal sealed class SecretNames
{
    private const int LongestName = 128;

    private static readonly string[] BuiltIn =
    [
        "password", "passwd", "pwd", "passphrase", "passcode", "secret", "token", "authorization", "bearer", "jwt", "cookie", "apikey",
        "accesskey", "privatekey", "signingkey", "encryptionkey", "masterkey", "rootkey", "sharedkey", "connectionstring", "credential",
    ];

    // Facts about a secret, not the secret: token_type, PasswordLength, PublicKeyToken of an assembly.
    private static readonly string[] Facts =
        ["type", "count", "length", "lifetime", "expiry", "expires", "expiresin", "expiresat", "endpoint", "required", "publickeytoken", "cancellationtoken"];

    private readonly SearchValues<string> _names;

    public SecretNames(IEnumerable<string> added)
    {
        All = [.. BuiltIn, .. added.Select(Normalized).Where(name => name.Length > 0)];
        _names = SearchValues.Create(All, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Without separators, in lower case.</summary>
    public string[] All { get; }

    public bool IsSecret(ReadOnlySpan<char> name)
    {
        Span<char> letters = stackalloc char[LongestName];
        var length = 0;
        foreach (var c in name)
        {
            if (length < LongestName && char.IsLetterOrDigit(c))
            {
                letters[length++] = c;
            }
        }

        ReadOnlySpan<char> normalized = letters[..length];
        if (!normalized.ContainsAny(_names))
        {
            return false;
        }

        foreach (var fact in Facts)
        {
            if (normalized.EndsWith(fact, StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return true;
    }

    private static string Normalized(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}

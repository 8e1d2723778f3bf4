using System.Security.Cryptography;
using System.Text;

namespace Roadworthy.Sessions.Keys;

/// <summary>
/// The one secret that lives in configuration only. Every other key is derived from it (HKDF-SHA256, RFC 5869), or sealed with
/// a derived one before it is stored: a dump of the database mints nothing.
/// </summary>
public sealed class RootKey
{
    /// <summary>Bytes of a root key.</summary>
    public const int Length = 32;

    private readonly byte[] _key;

    internal RootKey(byte[] key) => _key = key;

    /// <summary>A key of 256 bits for one purpose. Other purposes, other keys: none tells anything of another.</summary>
    /// <param name="purpose">What it is for. Those that begin with <c>sessions/</c> are the package's own.</param>
    public byte[] Derive(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _key, Length, salt: null, Encoding.UTF8.GetBytes($"roadworthy/{purpose}"));

    /// <summary>What is wrong with a configured key, for a message; null when nothing is.</summary>
    public static string? Fault(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return "it is missing";
        Span<byte> bytes = stackalloc byte[256];
        if (!Convert.TryFromBase64String(text.Trim(), bytes, out var length)) return "it is not base64";
        if (length != Length) return $"it holds {length} bytes in place of {Length}";
        var distinct = bytes[..length].ToArray().Distinct().Count();
        return distinct < 8 ? "it is not random" : null;
    }
}

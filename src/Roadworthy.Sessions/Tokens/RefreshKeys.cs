using System.Security.Cryptography;

namespace Roadworthy.Sessions.Tokens;

/// <summary>A key that seals refresh tokens.</summary>
/// <param name="Id">
/// Tells keys apart inside a token: a byte of the key's own hash, so that nobody has to number keys. Two keys that share one are both
/// tried.
/// </param>
/// <param name="Bytes">256 bits, derived from a root key.</param>
internal sealed record RefreshKey(byte Id, byte[] Bytes)
{
    public static RefreshKey From(byte[] bytes) => new(SHA256.HashData([.. "refresh-key-id"u8, .. bytes])[0], bytes);
}

/// <summary>The key that seals, and all that may have sealed. Instances agree on the latter before any of them changes the former.</summary>
internal sealed class RefreshKeys
{
    /// <param name="keys">The primary first. At least one.</param>
    public RefreshKeys(IReadOnlyList<byte[]> keys) => Accepted = [.. keys.Select(RefreshKey.From)];

    public RefreshKey Primary => Accepted[0];

    public RefreshKey[] Accepted { get; }
}

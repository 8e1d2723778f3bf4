using System.Security.Cryptography;

namespace Roadworthy.Sessions.Keys;

/// <summary>What is stored sealed: <c>nonce 12 | AES-256-GCM | tag 16</c>, under a key that only the configuration's root key can derive.</summary>
internal static class SealedBox
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    /// <param name="secret">What to seal. Is overwritten with zeros.</param>
    /// <param name="label">What the box is for: it opens under no other.</param>
    /// <param name="key">256 bits.</param>
    public static byte[] Seal(byte[] secret, ReadOnlySpan<byte> label, byte[] key)
    {
        var box = new byte[NonceLength + secret.Length + TagLength];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceLength));
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(box.AsSpan(0, NonceLength), secret, box.AsSpan(NonceLength, secret.Length), box.AsSpan(^TagLength), label);
        CryptographicOperations.ZeroMemory(secret);
        return box;
    }

    /// <exception cref="CryptographicException">It was sealed under another key or label, or was changed since.</exception>
    public static byte[] Open(byte[] box, ReadOnlySpan<byte> label, byte[] key)
    {
        if (box.Length <= NonceLength + TagLength) throw new CryptographicException("The sealed box is too short.");
        var secret = new byte[box.Length - NonceLength - TagLength];
        using var aes = new AesGcm(key, TagLength);
        aes.Decrypt(box.AsSpan(0, NonceLength), box.AsSpan(NonceLength, secret.Length), box.AsSpan(^TagLength), secret, label);
        return secret;
    }
}

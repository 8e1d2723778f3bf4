using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;
using Roadworthy.Sessions.AccessTokens;

namespace Roadworthy.Sessions.Keys;

/// <summary>An opened key for ES256 (ECDSA on P-256 with SHA-256).</summary>
internal sealed class SigningKey
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    private SigningKey(string id, DateTimeOffset signsFrom, ECDsa ecdsa, int verifiedTokens)
    {
        Id = id;
        SignsFrom = signsFrom;
        SecurityKey = new ECDsaSecurityKey(ecdsa) { KeyId = id };
        if (verifiedTokens > 0) SecurityKey.CryptoProviderFactory = new RememberingVerifier.Factory(Verified = new(verifiedTokens));
        Credentials = new SigningCredentials(SecurityKey, SecurityAlgorithms.EcdsaSha256);
        Public = ecdsa.ExportParameters(includePrivateParameters: false);
    }

    public string Id { get; }

    public DateTimeOffset SignsFrom { get; }

    public ECDsaSecurityKey SecurityKey { get; }

    public SigningCredentials Credentials { get; }

    public ECParameters Public { get; }

    /// <summary>The signatures of this key that are known to be good. Null where none are remembered.</summary>
    public VerifiedSignatures? Verified { get; }

    /// <summary>A new key, and the row that keeps it.</summary>
    public static SigningKeyRow Create(DateTimeOffset now, DateTimeOffset signsFrom, byte[] sealingKey)
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var id = Guid.CreateVersion7(now).ToString("N");
        return new() { Id = id, CreatedAt = now, SignsFrom = signsFrom, Sealed = Seal(ecdsa.ExportPkcs8PrivateKey(), id, sealingKey) };
    }

    /// <param name="row">The key at rest.</param>
    /// <param name="sealingKeys">Those that it may be sealed under.</param>
    /// <param name="verifiedTokens">How many good signatures are remembered; 0 for none.</param>
    /// <exception cref="InvalidOperationException">The row was sealed under another root key, or was changed since.</exception>
    public static SigningKey Open(SigningKeyRow row, IReadOnlyList<byte[]> sealingKeys, int verifiedTokens)
    {
        CryptographicException? fault = null;
        foreach (var key in sealingKeys)
        {
            var ecdsa = ECDsa.Create();
            try
            {
                ecdsa.ImportPkcs8PrivateKey(Unseal(row.Sealed, row.Id, key), out _);
                return new(row.Id, row.SignsFrom, ecdsa, verifiedTokens);
            }
            catch (CryptographicException error)
            {
                ecdsa.Dispose();
                fault = error;
            }
        }

        throw new InvalidOperationException(
            $"The signing key '{row.Id}' in table roadworthy.signing_keys can't be opened with this root key. Restore the root key that the "
            + "other instances use. Where the old root key is lost or has leaked: delete the rows of roadworthy.signing_keys; new keys are then made, "
            + "and everyone signs in again.",
            fault);
    }

    private static byte[] Seal(byte[] secret, string id, byte[] sealingKey)
    {
        var box = new byte[NonceLength + secret.Length + TagLength];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceLength));
        using var aes = new AesGcm(sealingKey, TagLength);
        aes.Encrypt(box.AsSpan(0, NonceLength), secret, box.AsSpan(NonceLength, secret.Length), box.AsSpan(^TagLength), Encoding.UTF8.GetBytes(id));
        CryptographicOperations.ZeroMemory(secret);
        return box;
    }

    private static byte[] Unseal(byte[] box, string id, byte[] sealingKey)
    {
        if (box.Length <= NonceLength + TagLength) throw new CryptographicException("The sealed key is too short.");
        var secret = new byte[box.Length - NonceLength - TagLength];
        using var aes = new AesGcm(sealingKey, TagLength);
        aes.Decrypt(box.AsSpan(0, NonceLength), box.AsSpan(NonceLength, secret.Length), box.AsSpan(^TagLength), secret, Encoding.UTF8.GetBytes(id));
        return secret;
    }
}

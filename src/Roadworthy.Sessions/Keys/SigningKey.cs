using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;
using Roadworthy.Sessions.AccessTokens;

namespace Roadworthy.Sessions.Keys;

/// <summary>An opened key for ES256 (ECDSA on P-256 with SHA-256).</summary>
internal sealed class SigningKey
{
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
        return new() { Id = id, CreatedAt = now, SignsFrom = signsFrom, Sealed = SealedBox.Seal(ecdsa.ExportPkcs8PrivateKey(), Encoding.UTF8.GetBytes(id), sealingKey) };
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
                ecdsa.ImportPkcs8PrivateKey(SealedBox.Open(row.Sealed, Encoding.UTF8.GetBytes(row.Id), key), out _);
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
}

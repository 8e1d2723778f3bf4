using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Roadworthy.Sessions.Keys;

namespace Roadworthy.Sessions.Tests.AccessTokens;

/// <summary>Makes tokens that the package has never made. With nothing changed it makes a good one.</summary>
internal sealed class TokenForge(SigningKeyRing ring, Guid session)
{
    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    private SigningKey Key => ring.Keys[0];

    public string Mint(Action<SecurityTokenDescriptor>? change = null)
    {
        var now = DateTime.UtcNow;
        var token = new SecurityTokenDescriptor
        {
            Issuer = "roadworthy",
            Audience = "roadworthy",
            IssuedAt = now,
            NotBefore = now,
            Expires = now.AddMinutes(5),
            Claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["sub"] = "somebody", ["sid"] = session.ToString(), ["gen"] = 1 },
            SigningCredentials = Key.Credentials,
        };
        change?.Invoke(token);
        return Handler.CreateToken(token);
    }

    /// <summary>Every way to get it wrong that is worth a test, by name.</summary>
    public IReadOnlyDictionary<string, Func<string>> Forgeries => new Dictionary<string, Func<string>>(StringComparer.Ordinal)
    {
        ["empty"] = () => "",
        ["garbage"] = () => "garbage",
        ["three dots"] = () => "...",
        ["no base64"] = () => "%%%.$$$.###",
        ["a header that is no JSON"] = () => $"{Encode("not JSON")}.{Encode("{}")}.AAAA",
        ["a header that is an array"] = () => $"{Encode("[]")}.{Encode("{}")}.AAAA",
        ["a key id that is no text"] = () => $"{Encode("{\"alg\":\"ES256\",\"kid\":{}}")}.{Encode("{}")}.AAAA",
        ["nothing but a key id"] = () => $"{Encode($"{{\"kid\":\"{Key.Id}\"}}")}.{Encode("{}")}.AAAA",
        ["very long"] = () => new string('a', 9_000),
        ["no algorithm"] = () => $"{Encode($"{{\"alg\":\"none\",\"typ\":\"JWT\",\"kid\":\"{Key.Id}\"}}")}.{Mint().Split('.')[1]}.",
        ["no algorithm, but a signature"] = () => $"{Encode($"{{\"alg\":\"none\",\"kid\":\"{Key.Id}\"}}")}.{Mint().Split('.')[1]}.{Mint().Split('.')[2]}",
        ["HMAC with the public key as PEM"] = () => Hmac(Encoding.ASCII.GetBytes(PublicPem())),
        ["HMAC with the public key as DER"] = () => Hmac(PublicDer()),
        ["HMAC with the public key as a point"] = () => Hmac([.. Key.Public.Q.X!, .. Key.Public.Q.Y!]),
        ["another key under the right id"] = () => Mint(token => token.SigningCredentials = Stranger(Key.Id)),
        ["another key under its own id"] = () => Mint(token => token.SigningCredentials = Stranger("stranger")),
        ["another key without an id"] = () => Mint(token => token.SigningCredentials = Stranger(null)),
        ["another curve"] = () => Mint(token => token.SigningCredentials = new(new ECDsaSecurityKey(ECDsa.Create(ECCurve.NamedCurves.nistP384)) { KeyId = Key.Id }, SecurityAlgorithms.EcdsaSha384)),
        ["another issuer"] = () => Mint(token => token.Issuer = "elsewhere"),
        ["no issuer"] = () => Mint(token => token.Issuer = null),
        ["another audience"] = () => Mint(token => token.Audience = "elsewhere"),
        ["no audience"] = () => Mint(token => token.Audience = null),
        ["expired"] = () => Mint(token => (token.NotBefore, token.Expires) = (DateTime.UtcNow.AddMinutes(-20), DateTime.UtcNow.AddMinutes(-5))),
        ["without an end"] = () => Mint(token => token.Expires = null),
        ["not yet valid"] = () => Mint(token => (token.NotBefore, token.Expires) = (DateTime.UtcNow.AddMinutes(5), DateTime.UtcNow.AddMinutes(20))),
        ["a changed payload"] = () => Tampered(),
        ["a cut signature"] = () => Mint()[..^8],
        ["no signature"] = () => Mint()[..(Mint().LastIndexOf('.') + 1)],
        ["a signature of zeros"] = () => $"{string.Join('.', Mint().Split('.')[..2])}.{Base64UrlEncoder.Encode(new byte[64])}",
    };

    private static string Encode(string json) => Base64UrlEncoder.Encode(json);

    private static SigningCredentials Stranger(string? id) =>
        new(new ECDsaSecurityKey(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = id }, SecurityAlgorithms.EcdsaSha256);

    private string Hmac(byte[] secret)
    {
        var text = $"{Encode($"{{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"{Key.Id}\"}}")}.{Mint().Split('.')[1]}";
        return $"{text}.{Base64UrlEncoder.Encode(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(text)))}";
    }

    private string Tampered()
    {
        var parts = Mint().Split('.');
        var payload = Base64UrlEncoder.Decode(parts[1]);
        return $"{parts[0]}.{Encode(payload.Replace("{", "{\"role\":\"admin\",", StringComparison.Ordinal))}.{parts[2]}";
    }

    private byte[] PublicDer()
    {
        using var ecdsa = ECDsa.Create(Key.Public);
        return ecdsa.ExportSubjectPublicKeyInfo();
    }

    private string PublicPem()
    {
        using var ecdsa = ECDsa.Create(Key.Public);
        return ecdsa.ExportSubjectPublicKeyInfoPem();
    }
}

using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Storefront.Tests.Support;

namespace Storefront.Tests.Accounts.Keys;

public sealed class JwksTests(StorefrontFixture fixture) : IClassFixture<StorefrontFixture>
{
    private readonly StorefrontHost _host = fixture.Host;

    [Fact]
    public async Task Anybody_can_verify_a_token_with_the_published_keys()
    {
        var person = await _host.SignUpAsync();
        var token = await _host.LogInAsync(person.Email);
        var answer = await _host.Anonymous.ReadAsync("/.well-known/jwks.json");
        var document = (await answer.ShouldBeAsync(200)).GetRawText();
        Assert.Equal("public, max-age=3600", answer.Headers.CacheControl?.ToString());
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(
            token, new() { ValidIssuer = "storefront", ValidAudience = "storefront", IssuerSigningKeys = new JsonWebKeySet(document).GetSigningKeys() });
        Assert.True(result.IsValid, result.Exception?.ToString());
    }

    [Fact]
    public async Task Nothing_private_is_published()
    {
        var document = await _host.Anonymous.ReadAsync("/.well-known/jwks.json").ShouldBeAsync(200);
        var key = Assert.Single(document.GetProperty("keys").EnumerateArray());
        Assert.Equal("alg crv kid kty use x y", string.Join(' ', key.EnumerateObject().Select(field => field.Name).Order(StringComparer.Ordinal)));
        Assert.Throws<CryptographicException>(() => ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new() { X = Base64UrlEncoder.DecodeBytes(key.GetProperty("x").GetString()), Y = Base64UrlEncoder.DecodeBytes(key.GetProperty("y").GetString()) },
        }).ExportPkcs8PrivateKey());
    }
}

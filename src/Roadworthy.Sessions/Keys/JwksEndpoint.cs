using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.IdentityModel.Tokens;

namespace Roadworthy.Sessions.Keys;

/// <summary>The public keys, for whoever else verifies the access tokens (RFC 7517).</summary>
internal static class JwksEndpoint
{
    public sealed record Key(string Kty, string Crv, string X, string Y, string Kid, string Use, string Alg);

    public sealed record Document(IReadOnlyList<Key> Keys);

    public static IEndpointConventionBuilder Map(IEndpointRouteBuilder app) =>
        app.MapGet("/.well-known/jwks.json", Get).AllowAnonymous().WithTags("Keys").WithName("Jwks")
            .WithSummary("The public keys of the access tokens. May be cached for an hour.");

    private static async Task<Document> Get(SigningKeyRing ring, HttpContext http, CancellationToken cancellationToken)
    {
        await ring.EnsureAsync(kid: null, cancellationToken);
        http.Response.Headers.CacheControl = "public, max-age=3600";
        return new([.. ring.Keys.Select(Public)]);
    }

    private static Key Public(SigningKey key) => new(
        "EC", "P-256", Base64UrlEncoder.Encode(key.Public.Q.X), Base64UrlEncoder.Encode(key.Public.Q.Y), key.Id, "sig", SecurityAlgorithms.EcdsaSha256);
}

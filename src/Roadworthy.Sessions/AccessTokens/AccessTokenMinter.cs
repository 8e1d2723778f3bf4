using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Roadworthy.Sessions.Keys;

namespace Roadworthy.Sessions.AccessTokens;

/// <summary>Mints access tokens: short-lived JWTs, ES256, that say who, in which session, of which generation, and what the user view claims.</summary>
internal sealed class AccessTokenMinter(SigningKeyRing ring, SessionsOptions options)
{
    public const string SessionClaim = "sid";
    public const string GenerationClaim = "gen";

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };
    private static readonly HashSet<string> Reserved = new(["iss", "aud", "sub", "iat", "nbf", "exp", "jti", SessionClaim, GenerationClaim], StringComparer.Ordinal);

    /// <param name="userId">The subject.</param>
    /// <param name="session">Ties together what is done with it, and is what a revocation names.</param>
    /// <param name="generation">Its first use confirms this generation.</param>
    /// <param name="claims">A JSON object of further claims; null for none. It can't replace the token's own.</param>
    /// <param name="now">The database's time.</param>
    /// <param name="cancellationToken">Cancels the wait for the keys.</param>
    public async Task<AccessToken> MintAsync(string userId, Guid session, long generation, string? claims, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var key = await ring.CurrentAsync(cancellationToken);
        var token = Handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = options.Issuer,
            Audience = options.Issuer,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = (now + options.AccessTokenLifetime).UtcDateTime,
            Claims = Claims(userId, session, generation, claims),
            SigningCredentials = key.Credentials,
        });
        return new(token, (int)options.AccessTokenLifetime.TotalSeconds);
    }

    public Task ReadyAsync(CancellationToken cancellationToken) => ring.EnsureAsync(kid: null, cancellationToken);

    private static Dictionary<string, object> Claims(string userId, Guid session, long generation, string? json)
    {
        var claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["sub"] = userId,
            [SessionClaim] = session.ToString(),
            [GenerationClaim] = generation,
        };
        if (json is null) return claims;
        foreach (var claim in Further(json)) claims[claim.Name] = claim.Value;
        return claims;
    }

    /// <summary>What the user view claims, without what only a session's own may be.</summary>
    /// <exception cref="InvalidOperationException">It is no JSON object.</exception>
    public static IEnumerable<JsonProperty> Further(string json)
    {
        var further = JsonElement.Parse(json);
        if (further.ValueKind != JsonValueKind.Object)
            throw new InvalidOperationException($"The user view's claims are {further.ValueKind} in place of an object. Use jsonb_build_object, or NULL for none.");
        return further.EnumerateObject().Where(claim => !Reserved.Contains(claim.Name) && claim.Value.ValueKind != JsonValueKind.Null);
    }
}

/// <param name="Value">The token, for the header <c>Authorization: Bearer</c>.</param>
/// <param name="ExpiresIn">Seconds until it expires.</param>
internal sealed record AccessToken(string Value, int ExpiresIn);

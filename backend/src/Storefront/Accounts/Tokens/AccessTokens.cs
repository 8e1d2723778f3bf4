using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Storefront.Accounts.Keys;
using Storefront.Hosting;

namespace Storefront.Accounts.Tokens;

/// <summary>Mints access tokens: short-lived JWTs, ES256, that say who, in which session, and whether an administrator.</summary>
internal sealed class AccessTokens(SigningKeyRing ring, IOptions<StorefrontOptions> options, TimeProvider time)
{
    public const string AdminRole = "admin";

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>A token for one sign-in. Its session id (<c>sid</c>) ties together what is done with it in traces and logs.</summary>
    public async Task<AccessToken> CreateAsync(User user, CancellationToken cancellationToken)
    {
        var key = await ring.CurrentAsync(cancellationToken);
        var now = time.GetUtcNow();
        var lifetime = options.Value.AccessTokenLifetime;
        var claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["sub"] = user.Id.ToString(),
            ["sid"] = Guid.CreateVersion7(now).ToString(),
        };
        if (user.IsAdmin) claims["role"] = AdminRole;
        var token = Handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = options.Value.Issuer,
            Audience = options.Value.Issuer,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = (now + lifetime).UtcDateTime,
            Claims = claims,
            SigningCredentials = key.Credentials,
        });
        return new(token, (int)lifetime.TotalSeconds);
    }
}

/// <param name="Value">The token, for the header <c>Authorization: Bearer</c>.</param>
/// <param name="ExpiresIn">Seconds until it expires.</param>
internal sealed record AccessToken(string Value, int ExpiresIn);

using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Roadworthy.Sessions.Keys;

namespace Roadworthy.Sessions.AccessTokens;

/// <summary>Reads access tokens: one algorithm, one issuer, the ring's keys, and the clock of the database.</summary>
internal sealed class BearerSetup(SigningKeyRing ring, SessionGate gate, SessionsOptions options, TimeProvider time)
    : IConfigureNamedOptions<JwtBearerOptions>
{
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    // Other schemes are the application's own: they trust others, and have events of theirs.
    public void Configure(string? name, JwtBearerOptions bearer)
    {
        if (name == JwtBearerDefaults.AuthenticationScheme) Configure(bearer);
    }

    public void Configure(JwtBearerOptions bearer)
    {
        bearer.MapInboundClaims = false;
        bearer.TokenValidationParameters = new TokenValidationParameters
        {
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            ValidIssuer = options.Issuer,
            ValidAudience = options.Issuer,
            IssuerSigningKeyResolver = (_, _, kid, _) => ring.Find(kid) is { } key ? [key.SecurityKey] : [],
            LifetimeValidator = IsAlive,
            NameClaimType = "sub",
            RoleClaimType = "role",
        };
        bearer.Events = new JwtBearerEvents { OnMessageReceived = LoadKeysAsync, OnTokenValidated = gate.EnterAsync };
    }

    /// <summary>Before the token is judged: without keys a right token would look wrong, and an outage like a 401.</summary>
    private async Task LoadKeysAsync(MessageReceivedContext context)
    {
        const string scheme = "Bearer ";
        var header = context.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) return;
        if (KeyId(header[scheme.Length..].Trim()) is { } kid) await ring.EnsureAsync(kid, context.HttpContext.RequestAborted);
    }

    private static string? KeyId(string token)
    {
        try
        {
            return new JsonWebToken(token).Kid;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private bool IsAlive(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters parameters)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return expires is { } end && now < end + Skew && (notBefore is not { } start || now >= start - Skew);
    }
}

using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Roadworthy.Sessions.Revocation;
using Roadworthy.Sessions.Store;

namespace Roadworthy.Sessions.AccessTokens;

/// <summary>
/// What every request with a good access token passes: is its session still on, and is this the first use of its generation. Costs no statement
/// while revocations are heard.
/// </summary>
internal sealed class SessionGate(RevokedSessions revoked, Confirmations confirmations, SessionStore store)
{
    public async Task EnterAsync(TokenValidatedContext context)
    {
        if (Read(context.Principal) is not { } token)
        {
            context.Fail("The access token names no session.");
            return;
        }

        if (revoked.Contains(token.Session) || !(revoked.IsCurrent || await store.IsLiveAsync(token.Session, context.HttpContext.RequestAborted)))
        {
            context.Fail("The session of this access token was ended.");
            return;
        }

        confirmations.Seen(token.Session, token.Generation);
    }

    /// <summary>The session of a principal, and the generation of its access token.</summary>
    public static (Guid Session, long Generation)? Read(ClaimsPrincipal? user) =>
        Guid.TryParse(user?.FindFirst(AccessTokenMinter.SessionClaim)?.Value, out var session)
        && long.TryParse(user.FindFirst(AccessTokenMinter.GenerationClaim)?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var generation)
            ? (session, generation)
            : null;
}

using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Roadworthy.Sessions.Endpoints;

namespace Roadworthy.Sessions;

/// <summary>What a sign-in and a refresh answer.</summary>
/// <param name="AccessToken">For the header <c>Authorization: Bearer</c>.</param>
/// <param name="RefreshToken">For the next refresh. Left out where it is in the cookie.</param>
/// <param name="ExpiresIn">Seconds until the access token expires.</param>
public sealed record SessionAnswer(
    string AccessToken, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? RefreshToken, int ExpiresIn)
{
    /// <summary>The answer with tokens; with the refresh token in an HttpOnly cookie where the client asked for that.</summary>
    /// <param name="http">The request that is answered.</param>
    /// <param name="tokens">What was issued.</param>
    /// <param name="cookie">Whether the refresh token goes into the cookie, which scripts can't read, in place of the body.</param>
    public static SessionAnswer For(HttpContext http, SessionTokens tokens, bool cookie = false)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(tokens);
        // RFC 6749, section 5.1: tokens are kept by nobody on the way.
        http.Response.Headers.CacheControl = "no-store";
        if (cookie) http.RequestServices.GetRequiredService<SessionsOptions>().RefreshCookie().Append(http, tokens);
        return new(tokens.AccessToken, cookie ? null : tokens.RefreshToken, tokens.ExpiresIn);
    }

    /// <summary>Never the tokens: they may end up in a log.</summary>
    public override string ToString() => $"an answer with tokens for {ExpiresIn} s";
}

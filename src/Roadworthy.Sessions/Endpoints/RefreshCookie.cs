using Microsoft.AspNetCore.Http;

namespace Roadworthy.Sessions.Endpoints;

/// <summary>
/// The refresh token in a cookie that no script reads. What it allows, a forged request could ask for too: it counts only for requests that
/// a browser says are of this site's own making.
/// </summary>
internal sealed class RefreshCookie(SessionsOptions options)
{
    public string? Read(HttpContext http) => http.Request.Cookies[options.CookieName];

    public void Append(HttpContext http, SessionTokens tokens) => http.Response.Cookies.Append(options.CookieName, tokens.RefreshToken, Settings(tokens.EndsAt));

    /// <summary>At sign-out only: the loser of a race who is refused must not clear the winner's cookie.</summary>
    public void Clear(HttpContext http) => http.Response.Cookies.Delete(options.CookieName, Settings(ends: null));

    /// <summary>Whether a request may use the cookie: Fetch Metadata's Sec-Fetch-Site, else Origin; who sends neither is no browser.</summary>
    public bool MayBeUsed(HttpContext http)
    {
        var origin = http.Request.Headers.Origin.ToString();
        if (options.AllowedOrigins.Contains(origin)) return true;
        var site = http.Request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0) return site is "same-origin" or "none";
        return origin.Length == 0 || string.Equals(origin, $"{http.Request.Scheme}://{http.Request.Host.Value}", StringComparison.OrdinalIgnoreCase);
    }

    private static CookieOptions Settings(DateTimeOffset? ends) =>
        new() { HttpOnly = true, Secure = true, SameSite = SameSiteMode.Lax, Path = "/", Expires = ends, IsEssential = true };
}

internal static class RefreshCookies
{
    public static RefreshCookie RefreshCookie(this SessionsOptions options) => new(options);
}

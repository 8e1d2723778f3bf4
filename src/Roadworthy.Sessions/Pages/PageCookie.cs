using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;

namespace Roadworthy.Sessions.Pages;

/// <summary>
/// The cookie of a page's session: no script reads it, and other sites can't have it sent with a form. Over plain HTTP on this machine it goes by another
/// name and without Secure, since browsers don't agree on taking a Secure cookie there; anywhere else plain HTTP signs nobody in.
/// </summary>
internal sealed class PageCookie(SessionsOptions options)
{
    private const string HostPrefix = "__Host-";

    public string? Read(HttpContext http) => http.Request.Cookies[Form(http.Request).Name];

    public void Append(HttpContext http, string value, DateTimeOffset ends)
    {
        var (name, secure) = Form(http.Request);
        http.Response.Cookies.Append(name, value, Settings(secure, ends));
    }

    public void Clear(HttpContext http)
    {
        var (name, secure) = Form(http.Request);
        http.Response.Cookies.Delete(name, Settings(secure, ends: null));
    }

    private (string Name, bool Secure) Form(HttpRequest request)
    {
        if (request.IsHttps || !IsThisMachine(request.Host.Host)) return (options.PageCookieName, true);
        // Cookies don't tell ports apart, and this machine has many of them.
        var name = options.PageCookieName.StartsWith(HostPrefix, StringComparison.Ordinal) ? options.PageCookieName[HostPrefix.Length..] : options.PageCookieName;
        return (string.Create(CultureInfo.InvariantCulture, $"{name}-{request.Host.Port ?? 80}"), false);
    }

    private static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static CookieOptions Settings(bool secure, DateTimeOffset? ends) =>
        new() { HttpOnly = true, Secure = secure, SameSite = SameSiteMode.Lax, Path = "/", Expires = ends, IsEssential = true };
}

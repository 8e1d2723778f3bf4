namespace Storefront.Hosting;

/// <summary>
/// The headers that OWASP's REST and secure-headers lists ask for. An API answer may not be framed, sniffed, cached by anyone
/// or run as a page; the two pages for people widen the content security policy for themselves.
/// </summary>
internal static class SecurityHeaders
{
    public const string ApiPolicy = "default-src 'none'; frame-ancestors 'none'";

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        http.Response.OnStarting(() =>
        {
            var headers = http.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers.TryAdd("Content-Security-Policy", PolicyFor(http.Request.Path));
            headers.TryAdd("Cache-Control", "no-store");
            if (http.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
            return Task.CompletedTask;
        });
        return next(http);
    });

    // Scalar's page holds its own inline script and style; it is served in development, or where it was asked for.
    private static string PolicyFor(PathString path) => path.StartsWithSegments("/scalar", StringComparison.OrdinalIgnoreCase)
        ? "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; frame-ancestors 'none'"
        : ApiPolicy;
}

using Storefront.Hosting;

namespace Storefront.Pages;

/// <summary>
/// A page is rendered at an address, and the client's <c>Host</c> is part of it: where that names no host, an empty one for instance, there is no page
/// (RFC 9110, 4.2.1). The API does without.
/// </summary>
internal static class PageHosts
{
    public static bool IsNamed(HttpRequest request) => Uri.TryCreate($"{request.Scheme}://{request.Host.Value}{request.PathBase}/", UriKind.Absolute, out _);

    /// <summary>Behind routing, and before anybody is asked to log in.</summary>
    public static IApplicationBuilder UsePageHosts(this IApplicationBuilder app) => app.Use((http, next) =>
        http.GetEndpoint()?.Metadata.GetMetadata<PageMarker>() is null || IsNamed(http.Request) ? next(http) : Problems.NoHost().ExecuteAsync(http));
}

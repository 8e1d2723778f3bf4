using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Storefront.Pages;

namespace Storefront.Tests.Hosting;

/// <summary>Who may call a route, as its metadata says.</summary>
internal static class AccessDecisions
{
    /// <summary>The routes about which nobody has decided: neither who may call them, nor that anybody may.</summary>
    public static List<string> Undecided(IEnumerable<Endpoint> endpoints) =>
        [.. endpoints.Where(endpoint => !IsOpen(endpoint) && !IsClosed(endpoint)).Select(endpoint => endpoint.DisplayName ?? "a route without a name")];

    public static bool IsOpen(Endpoint endpoint) => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    public static bool IsClosed(Endpoint endpoint) => endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null;

    public static bool IsForAdministrators(Endpoint endpoint) =>
        endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(decision => string.Equals(decision.Policy, "admin", StringComparison.Ordinal));

    /// <summary>Whether it answers people, who are sent to log in, in place of programs, which get a 401.</summary>
    public static bool IsPage(Endpoint endpoint) => endpoint.Metadata.GetMetadata<PageMarker>() is not null;

    /// <summary>A request to every closed route with each of its methods, and a body that no validation would pass.</summary>
    public static IEnumerable<(string Method, string Path)> RequestsTo(IEnumerable<Endpoint> endpoints) =>
        from route in endpoints.OfType<RouteEndpoint>()
        from method in route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        select (method, "/" + route.RoutePattern.RawText!.Trim('/')
            .Replace("{id:guid}", "{id}", StringComparison.Ordinal)
            .Replace("{id}", "01900000-0000-7000-8000-000000000000", StringComparison.Ordinal)
            .Replace("{sku}", "no-such", StringComparison.Ordinal));
}

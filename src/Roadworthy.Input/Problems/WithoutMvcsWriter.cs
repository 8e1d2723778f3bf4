using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Roadworthy.Input.Problems;

/// <summary>
/// MVC's writer takes every problem of a controller's endpoint and writes it without its errors, or not at all. It knows controllers by one attribute:
/// while a problem is written, the endpoint goes without.
/// </summary>
internal static class WithoutMvcsWriter
{
    private static readonly ConditionalWeakTable<Endpoint, Endpoint> Copies = [];

    /// <returns>The endpoint to put back; null where it is no controller's.</returns>
    public static Endpoint? Apply(HttpContext http)
    {
        var endpoint = http.GetEndpoint();
        if (endpoint?.Metadata.GetMetadata<ControllerAttribute>() is null) return null;
        http.SetEndpoint(Copies.GetValue(endpoint, Copy));
        return endpoint;
    }

    private static Endpoint Copy(Endpoint endpoint) =>
        new(endpoint.RequestDelegate, new EndpointMetadataCollection(endpoint.Metadata.Where(item => item is not ControllerAttribute)), endpoint.DisplayName);
}

using Microsoft.AspNetCore.Routing;
using Roadworthy.Sessions.Endpoints;
using Roadworthy.Sessions.Keys;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the endpoints of sessions.</summary>
public static class SessionsEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps <c>POST token/refresh</c>, <c>POST logout</c>, <c>GET sessions</c>, <c>DELETE sessions/{id}</c> and <c>DELETE sessions</c> below a prefix.
    /// </summary>
    /// <param name="endpoints">Where to.</param>
    /// <param name="prefix">The path before them; empty by default.</param>
    /// <returns>The group, for conventions of one's own.</returns>
    public static RouteGroupBuilder MapRoadworthySessions(this IEndpointRouteBuilder endpoints, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var group = endpoints.MapGroup(prefix);
        SessionsEndpoints.Map(group);
        return group;
    }

    /// <summary>Maps <c>GET /.well-known/jwks.json</c>: the public keys of the access tokens, for whoever else verifies them (RFC 7517).</summary>
    public static IEndpointConventionBuilder MapRoadworthyJwks(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        return JwksEndpoint.Map(endpoints);
    }
}

using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Roadworthy.Input.Endpoints;

/// <summary>Knows each endpoint's guarded form: a copy with the same metadata, whose delegate looks at the request first.</summary>
internal sealed class GuardedEndpoints(PlanBuilder plans, Refusals refusals)
{
    /// <summary>How routing names the endpoint that it answers 415 with.</summary>
    private const string UnsupportedMediaType = "415 ";

    private readonly ConditionalWeakTable<Endpoint, Endpoint> _guarded = [];

    /// <summary>The guarded form, or the endpoint itself where there is nothing to guard or where it is guarded already.</summary>
    public Endpoint Of(Endpoint endpoint) => _guarded.GetValue(endpoint, Guard);

    private Endpoint Guard(Endpoint endpoint)
    {
        var copy = Copy(endpoint);
        if (!ReferenceEquals(copy, endpoint)) _guarded.AddOrUpdate(copy, copy);
        return copy;
    }

    private Endpoint Copy(Endpoint endpoint)
    {
        if (endpoint.RequestDelegate is not { } next) return endpoint;
        if (endpoint is RouteEndpoint route)
        {
            if (!PlanBuilder.TakesInput(route)) return endpoint;
            var guard = new EndpointGuard(next, new Lazy<EndpointPlan>(() => plans.Build(route)), refusals);
            return new RouteEndpoint(guard.InvokeAsync, route.RoutePattern, route.Order, route.Metadata, route.DisplayName);
        }

        return endpoint.Metadata.Count == 0 && endpoint.DisplayName?.StartsWith(UnsupportedMediaType, StringComparison.Ordinal) == true
            ? new Endpoint(http => refusals.AnswerAsync(http, StatusCodes.Status415UnsupportedMediaType), endpoint.Metadata, endpoint.DisplayName)
            : endpoint;
    }
}

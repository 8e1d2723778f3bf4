using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;

namespace Roadworthy.Input.Endpoints;

/// <summary>Reads off an endpoint's metadata what its binder will take.</summary>
internal sealed class PlanBuilder(ParameterPlan parameters, BodyPlan bodies, ControllerBody controllers)
{
    /// <exception cref="InvalidOperationException">The application's JSON options can't describe the endpoint's body.</exception>
    public EndpointPlan Build(RouteEndpoint endpoint)
    {
        var name = endpoint.DisplayName ?? endpoint.RoutePattern.RawText ?? "";
        if (endpoint.Metadata.GetMetadata<ControllerActionDescriptor>() is { } action) return new EndpointPlan(name, [], controllers.Build(endpoint, action));
        var bindings = endpoint.Metadata.GetOrderedMetadata<IParameterBindingMetadata>();
        var body = BodyPlan.Find(endpoint.Metadata, bindings);
        return new EndpointPlan(
            name,
            parameters.Build(endpoint.RoutePattern, bindings, body?.Binding),
            body is null ? null : bodies.Build(endpoint, body.Binding.ParameterInfo, body.IsOptional));
    }
}

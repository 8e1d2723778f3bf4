using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;

namespace Roadworthy.Input.Endpoints;

/// <summary>Reads off an endpoint's metadata what its binder will take.</summary>
internal sealed class PlanBuilder(ParameterPlan parameters, BodyPlan bodies, ControllerBody controllers)
{
    /// <summary>There is something that its binder may refuse. An endpoint that takes services only is left alone.</summary>
    public static bool TakesInput(RouteEndpoint endpoint)
    {
        var metadata = endpoint.Metadata;
        if (metadata.GetMetadata<ControllerActionDescriptor>() is { } action) return ControllerBody.Of(action) is not null;
        var bindings = metadata.GetOrderedMetadata<IParameterBindingMetadata>();
        if (bindings.Count == 0) return false;
        return metadata.GetMetadata<IAcceptsMetadata>() is not null
            || bindings.Any(binding => binding.HasBindAsync || ParameterPlan.PlaceOf(endpoint.RoutePattern, binding) is not null);
    }

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

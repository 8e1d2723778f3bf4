using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.Formatters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Roadworthy.Input.Endpoints.Reading;

namespace Roadworthy.Input.Endpoints;

/// <summary>The JSON body of a controller's action. Its other parameters stay with MVC's own model binding.</summary>
internal sealed class ControllerBody(BodyPlan bodies, IServiceProvider services, ILogger<EndpointGuard> logger)
{
    public static ParameterDescriptor? Of(ControllerActionDescriptor action) =>
        action.Parameters.Concat(action.BoundProperties).FirstOrDefault(parameter => parameter.BindingInfo?.BindingSource == BindingSource.Body);

    /// <returns>Null where another formatter than that of System.Text.Json reads JSON.</returns>
    /// <exception cref="InvalidOperationException">MVC's JSON options can't describe the body.</exception>
    public BodyGuard? Build(RouteEndpoint endpoint, ControllerActionDescriptor action)
    {
        if (Of(action) is not { } parameter) return null;
        var mvc = services.GetRequiredService<IOptions<MvcOptions>>().Value;
        if (JsonFormatter(mvc) is not { } formatter)
        {
            Log.NotGuarded(logger, endpoint.DisplayName);
            return null;
        }

        var terms = new BodyTerms(IsOptional(parameter, mvc), IsController: true);
        return bodies.Build(endpoint, parameter.ParameterType, (parameter as ControllerParameterDescriptor)?.ParameterInfo, formatter.SerializerOptions, terms);
    }

    /// <summary>The first formatter that takes JSON reads it.</summary>
    private static SystemTextJsonInputFormatter? JsonFormatter(MvcOptions mvc) => mvc.InputFormatters
        .FirstOrDefault(formatter => formatter is InputFormatter { SupportedMediaTypes: var types } && types.Any(JsonContent.IsJson)) as SystemTextJsonInputFormatter;

    private static bool IsOptional(ParameterDescriptor parameter, MvcOptions mvc) => parameter.BindingInfo?.EmptyBodyBehavior switch
    {
        EmptyBodyBehavior.Allow => true,
        EmptyBodyBehavior.Disallow => false,
        _ => mvc.AllowEmptyInputInBodyModelBinding,
    };
}

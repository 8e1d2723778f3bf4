using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Roadworthy.Input;
using Roadworthy.Input.Endpoints;
using Roadworthy.Input.OpenApi;
using Roadworthy.Input.Problems;
using Roadworthy.Input.Registration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers Roadworthy.Input.</summary>
public static class InputServiceCollectionExtensions
{
    /// <summary>
    /// Guards the input of every minimal API endpoint, and the JSON bodies of controllers. There is nothing to add to the pipeline or to an endpoint.
    /// May be called more than once: the configurations apply one after the other.
    /// </summary>
    /// <remarks>
    /// The guard runs where the endpoint would: after authentication, authorization and rate limits, before endpoint filters and MVC's filters.
    /// It sets <see cref="RouteHandlerOptions.ThrowOnBadRequest"/>, answers what the binder then throws, and leaves a
    /// <see cref="Microsoft.AspNetCore.Http.BadHttpRequestException"/> alone that an application's own code throws.
    /// Out of its reach are <c>BindAsync</c>, forms (<see cref="FormInput"/> reads those by the same rules), bodies that a handler reads by itself, and endpoints that a middleware sets by hand.
    /// </remarks>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Changes the options; null leaves their defaults.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IServiceCollection AddRoadworthyInput(this IServiceCollection services, Action<InputOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<InputOptions>().ValidateOnStart();
        if (configure is not null) options.Configure(configure);
        services.AddLogging().AddMetrics().AddProblemDetails().AddInputOpenApi();
        services.TryAddSingleton<InputMetrics>();
        services.TryAddSingleton<ProblemAnswer>();
        services.TryAddSingleton<Refusals>();
        services.TryAddSingleton(provider => new FormInput(
            provider.GetRequiredService<IOptions<JsonOptions>>(), provider.GetRequiredService<IOptions<InputOptions>>(), provider.GetRequiredService<InputMetrics>(), provider));
        services.TryAddSingleton<UnknownMembers>();
        services.TryAddSingleton<ParameterPlan>();
        services.TryAddSingleton<BodyPlan>();
        services.TryAddSingleton<ControllerBody>();
        services.TryAddSingleton<PlanBuilder>();
        services.TryAddSingleton<GuardedEndpoints>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, GuardPolicy>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<InputOptions>, InputOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<RouteHandlerOptions>, ThrowingBinders>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<JsonOptions>, InputProblemJsonSetup>());
        return services;
    }
}

using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Roadworthy.Queries;
using Roadworthy.Queries.Places;
using Roadworthy.Queries.Registration;
using Roadworthy.Queries.Requests;
using Roadworthy.Queries.Telling;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the recording of statements to an application.</summary>
public static class QueriesServiceCollectionExtensions
{
    /// <summary>
    /// Adds what <c>app.UseRoadworthyQueries()</c> needs. Data sources tell of values where they are built with <c>UseRoadworthyQueries()</c> too. Safe to
    /// call twice.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets options. They are validated when the application starts.</param>
    public static IServiceCollection AddRoadworthyQueries(this IServiceCollection services, Action<QueriesOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<QueriesOptions>().ValidateOnStart();
        if (configure is not null) options.Configure(configure);
        services.AddLogging().AddMetrics();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<QueriesOptions>, QueriesOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => provider.GetRequiredService<IOptions<QueriesOptions>>().Value);
        services.TryAddSingleton<KnownPlaces>();
        services.TryAddSingleton<RequestHistory>();
        services.TryAddSingleton<QueriesListening>();
        services.TryAddSingleton<QueriesMetrics>();
        services.TryAddSingleton<LogThrottle>();
        services.TryAddSingleton<Teller>();
        services.TryAddSingleton<RequestModes>();
        services.TryAddSingleton<RequestEnd>();
        services.TryAddScoped<ScopeEnd>();
        return services;
    }
}

using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Roadworthy.Errors.Tracking;
using Roadworthy.Errors.Tracking.Drain;
using Roadworthy.Errors.Tracking.Spool;
using Roadworthy.Errors.Tracking.Store;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds error tracking to an application.</summary>
public static class ErrorTrackingServiceCollectionExtensions
{
    /// <summary>
    /// Keeps every record at Error or above in error groups in PostgreSQL: <see cref="ErrorTracker"/>. Its tables are made by <see cref="ErrorsSchema"/>. Adds
    /// <c>AddRoadworthyErrors</c>, if it was not. Safe to call twice.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets options. They are validated when the application starts.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IServiceCollection AddRoadworthyErrorTracking(this IServiceCollection services, Action<ErrorTrackingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<ErrorTrackingOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        if (services.Any(service => service.ServiceType == typeof(ErrorTracker)))
        {
            return services;
        }

        services.AddRoadworthyErrors();
        services.AddSingleton<IValidateOptions<ErrorTrackingOptions>, ErrorTrackingOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<TrackingState>();
        services.AddSingleton<TrackingMetrics>();
        services.AddSingleton<SpoolSink>();
        services.AddSingleton<IErrorSink>(provider => provider.GetRequiredService<SpoolSink>());
        services.AddSingleton<ErrorsDatabase>();
        services.AddSingleton<ErrorStore>();
        services.AddSingleton<ErrorQueries>();
        services.AddSingleton<DrainReports>();
        services.AddSingleton(provider => new ErrorTracker(provider.GetRequiredService<TrackingState>(), provider.GetRequiredService<ErrorQueries>()));
        services.AddHostedService<ErrorDrainer>();
        services.AddHostedService<ErrorPurge>();
        return services;
    }
}

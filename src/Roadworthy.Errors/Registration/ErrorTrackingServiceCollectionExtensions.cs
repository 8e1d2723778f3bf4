using Roadworthy.Errors.Tracking;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds error tracking to an application.</summary>
public static class ErrorTrackingServiceCollectionExtensions
{
    /// <summary>
    /// Keeps every record at Error or above in error groups in PostgreSQL: <see cref="ErrorTracker"/>. Its tables are made by <see cref="ErrorsSchema"/>. Needs
    /// <c>AddRoadworthyErrors</c>. Safe to call twice.
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

        return services;
    }
}

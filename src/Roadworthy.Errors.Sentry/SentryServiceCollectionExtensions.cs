using Microsoft.Extensions.Options;
using Roadworthy.Errors.Sentry;
using Roadworthy.Errors.Tracking;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Sentry to an application.</summary>
public static class SentryServiceCollectionExtensions
{
    /// <summary>
    /// Sends every record at Error or above to Sentry, or GlitchTip, as it was masked. Adds <c>AddRoadworthyErrors</c>, if it was not; error groups of one's own
    /// (<c>AddRoadworthyErrorTracking</c>) work with it and without. Safe to call twice.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets options, the DSN among them. They are validated when the application starts.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IServiceCollection AddRoadworthySentry(this IServiceCollection services, Action<SentryFeedOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<SentryFeedOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        if (services.Any(service => service.ServiceType == typeof(SentryFeed)))
        {
            return services;
        }

        services.AddRoadworthyErrors();
        services.AddSingleton<IValidateOptions<SentryFeedOptions>, SentryFeedOptionsValidator>();
        services.AddSingleton<SentryFeed>();
        services.AddSingleton<IErrorSink>(provider => provider.GetRequiredService<SentryFeed>());
        services.AddHostedService(provider => provider.GetRequiredService<SentryFeed>());
        return services;
    }
}

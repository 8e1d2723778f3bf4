using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Roadworthy.Errors;
using Roadworthy.Errors.Metrics;
using Roadworthy.Errors.Output;
using Roadworthy.Errors.Problems;
using Roadworthy.Errors.Records;
using Roadworthy.Errors.Tracking;
using Roadworthy.Errors.Tracking.Occurrences;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers Roadworthy.Errors.</summary>
public static class ErrorsServiceCollectionExtensions
{
    /// <summary>
    /// Adds the provider of records, problem details and what they need, beside the logging providers that are there. May be called
    /// more than once: the configurations apply one after the other.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Changes the options; null leaves their defaults.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IServiceCollection AddRoadworthyErrors(this IServiceCollection services, Action<ErrorsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<ErrorsOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.AddLogging().AddMetrics().AddHttpContextAccessor().AddProblemDetails();
        services.TryAddSingleton<SecretMask>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ErrorsMetrics>();
        services.TryAddSingleton<RecordOutput>();
        services.TryAddSingleton<RecordFormatters>();
        services.TryAddSingleton<OwnCode>();
        services.TryAddSingleton<OccurrenceReader>();
        services.TryAddSingleton<ErrorSinks>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ErrorsOptions>, ErrorsOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<ProblemDetailsOptions>, OneTraceId>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ILoggerProvider, ErrorsLoggerProvider>());
        return services;
    }
}

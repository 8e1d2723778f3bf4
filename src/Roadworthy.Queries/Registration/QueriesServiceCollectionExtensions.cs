using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Roadworthy.Queries;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the recording of statements to an application.</summary>
public static class QueriesServiceCollectionExtensions
{
    /// <summary>Adds what <c>app.UseRoadworthyQueries()</c> needs. Safe to call twice.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets options. They are validated when the application starts.</param>
    public static IServiceCollection AddRoadworthyQueries(this IServiceCollection services, Action<QueriesOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<QueriesOptions>().ValidateOnStart();
        if (configure is not null) options.Configure(configure);
        services.TryAddSingleton(provider => provider.GetRequiredService<IOptions<QueriesOptions>>().Value);
        services.TryAddSingleton<RequestHistory>();
        return services;
    }
}

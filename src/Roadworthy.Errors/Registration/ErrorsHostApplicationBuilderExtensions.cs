using Microsoft.Extensions.DependencyInjection;
using Roadworthy.Errors;

namespace Microsoft.Extensions.Hosting;

/// <summary>Registers Roadworthy.Errors in an application.</summary>
public static class ErrorsHostApplicationBuilderExtensions
{
    /// <summary>
    /// Makes Roadworthy.Errors the application's only logging provider, readable in Development and JSON lines elsewhere.
    /// Providers that are added later stay.
    /// </summary>
    /// <param name="builder">The application's builder.</param>
    /// <param name="configure">Changes the options; null leaves their defaults.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static TBuilder AddRoadworthyErrors<TBuilder>(this TBuilder builder, Action<ErrorsOptions>? configure = null)
        where TBuilder : IHostApplicationBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Logging.ClearProviders();
        builder.Services.AddRoadworthyErrors(configure);
        return builder;
    }
}

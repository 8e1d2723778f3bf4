using Roadworthy.Errors.Tracking;
using Storefront.Data;

namespace Storefront.Hosting;

/// <summary>Error groups in the backend's own database, and Sentry where a DSN is set.</summary>
internal static class ErrorTracking
{
    private const string Dsn = "Sentry:Dsn";

    public static WebApplicationBuilder AddErrorTracking(this WebApplicationBuilder builder)
    {
        builder.Services.AddRoadworthyErrorTracking();
        // The local host knows the connection only later than this.
        builder.Services.AddOptions<ErrorTrackingOptions>().BindConfiguration($"{StorefrontOptions.Section}:ErrorTracking")
            .Configure<IConfiguration>((tracking, configuration) =>
                tracking.ConnectionString ??= Database.ForErrors(configuration.GetConnectionString(Database.ConnectionName)!));
        if (builder.Configuration[Dsn] is { Length: > 0 } dsn) builder.Services.AddRoadworthySentry(sentry => sentry.Dsn = dsn);
        return builder;
    }
}

using System.Security.Claims;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Roadworthy.Errors;
using Storefront.Hosting.Management;

namespace Storefront.Hosting;

/// <summary>
/// OpenTelemetry. Metrics are there for Prometheus on the management listener. Traces, logs and metrics go to where OTEL_EXPORTER_OTLP_ENDPOINT says;
/// unset, no trace is collected. The other OTEL_ variables hold as the specification has them.
/// </summary>
internal static class Observability
{
    /// <summary>The meter of the backend's own instruments.</summary>
    public const string MeterName = "Storefront";

    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static WebApplicationBuilder AddObservability(this WebApplicationBuilder builder)
    {
        var (pushed, scraped) = (!string.IsNullOrWhiteSpace(builder.Configuration[Endpoint]), ManagementOptions.IsOn(builder.Configuration));
        if (!pushed && !scraped) return builder;
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(
                "storefront", serviceVersion: typeof(Observability).Assembly.GetName().Version?.ToString(3)))
            .WithMetrics(metrics =>
            {
                metrics.AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddRuntimeInstrumentation()
                    .AddMeter("Microsoft.AspNetCore.Authentication", "Microsoft.AspNetCore.Authorization", "Npgsql", "Roadworthy.*", MeterName);
                if (scraped) metrics.AddPrometheusExporter(prometheus => prometheus.ScopeInfoEnabled = false);
            });
        if (!pushed) return builder;
        telemetry
            .WithTracing(tracing => tracing
                .AddAspNetCoreInstrumentation(http => http.Filter = context => !context.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase))
                .AddHttpClientInstrumentation()
                .AddNpgsql())
            .WithLogging(logging => logging.AddProcessor(services => new MaskedLogs(services.GetRequiredService<SecretMask>())))
            .UseOtlpExporter();
        return builder;
    }

    /// <summary>Says on the request's span whose request it is. Ids only: names and addresses are nobody's business there.</summary>
    public static IApplicationBuilder UseUserOnSpan(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (System.Diagnostics.Activity.Current is { } span && http.User.FindFirstValue("sub") is { } user)
        {
            span.SetTag("user.id", user);
            span.SetTag("session.id", http.User.FindFirstValue("sid"));
        }

        return next(http);
    });
}

using System.Security.Claims;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Roadworthy.Errors;

namespace Storefront.Hosting;

/// <summary>
/// OpenTelemetry. Traces, metrics and logs go to where OTEL_EXPORTER_OTLP_ENDPOINT says; unset, nothing is collected. The other
/// OTEL_ variables hold as the specification has them.
/// </summary>
internal static class Observability
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static WebApplicationBuilder AddObservability(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration[Endpoint])) return builder;
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(
                "storefront", serviceVersion: typeof(Observability).Assembly.GetName().Version?.ToString(3)))
            .WithTracing(tracing => tracing
                .AddAspNetCoreInstrumentation(http => http.Filter = context => !context.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase))
                .AddHttpClientInstrumentation()
                .AddNpgsql())
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation()
                .AddMeter("Npgsql", "Roadworthy.*"))
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

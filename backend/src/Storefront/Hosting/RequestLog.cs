using System.Diagnostics;

namespace Storefront.Hosting;

/// <summary>One line for each request: what was asked, what was answered, and how long it took. Probes are left out.</summary>
internal static class RequestLog
{
    public static IApplicationBuilder UseRequestLog(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Storefront.Requests");
        return app.Use(async (http, next) =>
        {
            if (!log.IsEnabled(LogLevel.Information) || http.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase))
            {
                await next(http);
                return;
            }

            var start = Stopwatch.GetTimestamp();
            await next(http);
            log.RequestAnswered(http.Request.Method, http.Request.Path, http.Response.StatusCode, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        });
    }
}

using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Storefront.Hosting;

/// <summary>What one client may take: sizes, and time.</summary>
internal static class Limits
{
    public const int MaxBodyBytes = 256 * 1024;

    /// <summary>Longer than PostgreSQL lets a statement run, so that the database's own answer comes first.</summary>
    public static readonly TimeSpan Request = TimeSpan.FromSeconds(30);

    /// <summary>How long a stopping instance lets the requests in flight go on.</summary>
    public static readonly TimeSpan Shutdown = Request + TimeSpan.FromSeconds(5);

    public static WebApplicationBuilder AddLimits(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
            // A body that trickles in holds a request open: a kilobyte a second, or the connection is closed.
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(5));
        });
        builder.Services.AddRequestTimeouts(timeouts => timeouts.DefaultPolicy = new RequestTimeoutPolicy
        {
            Timeout = Request,
            TimeoutStatusCode = StatusCodes.Status504GatewayTimeout,
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Shutdown);
        return builder;
    }
}

using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using Storefront.Accounts.Guessing;

namespace Storefront.Hosting;

/// <summary>How much one network may ask of the routes that cost a password hash.</summary>
internal static class RateLimits
{
    public const string Accounts = "accounts";

    public static IServiceCollection AddRateLimits(this IServiceCollection services)
    {
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<StorefrontOptions>>((limiter, options) =>
        {
            var perMinute = options.Value.AccountRequestsPerMinute;
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = (context, _) =>
            {
                var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
                Problems.RetryAfter(context.HttpContext, wait);
                return ValueTask.CompletedTask;
            };
            limiter.AddPolicy(Accounts, http => RateLimitPartition.GetSlidingWindowLimiter(
                LogInThrottle.Network(http.Connection.RemoteIpAddress),
                _ => new SlidingWindowRateLimiterOptions { PermitLimit = perMinute, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6 }));
        });
        return services;
    }
}

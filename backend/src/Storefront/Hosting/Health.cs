using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Storefront.Accounts.Keys;
using Storefront.Data;

namespace Storefront.Hosting;

/// <summary>Live: the process answers. Ready: it can do its work, and is not about to stop.</summary>
internal static class Health
{
    private const string Ready = "ready";

    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddSingleton<DatabaseReady>();
        services.AddHealthChecks()
            .AddCheck<DatabaseReady>("database", tags: [Ready], timeout: TimeSpan.FromSeconds(3))
            .AddCheck<NotStopping>("lifetime", tags: [Ready]);
        return services;
    }

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new() { Predicate = check => check.Tags.Contains(Ready) }).AllowAnonymous();
    }

    /// <summary>PostgreSQL answers, has this version's schema, and the signing keys are there.</summary>
    private sealed class DatabaseReady(IServiceScopeFactory scopes, SigningKeyRing keys) : IHealthCheck
    {
        private volatile bool _migrated;

        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<StorefrontDb>();
            // Plain SQL is not repeated by itself: one dropped idle connection would take the instance from the balancer.
            await db.Database.CreateExecutionStrategy().ExecuteAsync(cancel => db.Database.ExecuteSqlAsync($"SELECT 1", cancel), cancellationToken);
            if (!_migrated && (await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
                return HealthCheckResult.Unhealthy("Migrations are pending: run the migrate command of this version.");
            _migrated = true;
            await keys.EnsureAsync(kid: null, cancellationToken);
            return HealthCheckResult.Healthy();
        }
    }

    /// <summary>Tells the balancer to look elsewhere while the requests in flight are finished.</summary>
    private sealed class NotStopping(IHostApplicationLifetime lifetime) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(lifetime.ApplicationStopping.IsCancellationRequested ? HealthCheckResult.Unhealthy("Stopping.") : HealthCheckResult.Healthy());
    }
}

using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using Roadworthy.Errors.Tracking;
using Roadworthy.Idempotency;
using Roadworthy.Sessions;
using Storefront.Data;

namespace Storefront.Hosting;

/// <summary>Live: the process answers. Ready: it can do its work, and is not about to stop.</summary>
internal static class Health
{
    public const string LivePath = "/health/live";
    public const string ReadyPath = "/health/ready";

    private const string Ready = "ready";

    public static HealthCheckOptions LiveOptions => new() { Predicate = _ => false };

    public static HealthCheckOptions ReadyOptions => new() { Predicate = check => check.Tags.Contains(Ready) };

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
        app.MapHealthChecks(LivePath, LiveOptions).AllowAnonymous().DisableHttpMetrics().WithoutRequestHistory();
        // Signing keys are made by whoever needs them first.
        app.MapHealthChecks(ReadyPath, ReadyOptions).AllowAnonymous().DisableHttpMetrics().WithoutRequestHistory().AllowWrites();
    }

    /// <summary>PostgreSQL answers, has this version's schema, and the signing keys are there.</summary>
    private sealed class DatabaseReady(NpgsqlDataSource source, SessionManager sessions) : IHealthCheck
    {
        private volatile bool _migrated;

        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            // One dropped idle connection must not take the instance from the balancer.
            if (!await Repeat.ReadAsync(LookAsync, cancellationToken)) return HealthCheckResult.Unhealthy("Migrations are pending: run the migrate command of this version.");
            await sessions.ReadyAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }

        private async Task<bool> LookAsync(CancellationToken cancellationToken)
        {
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            await using var ping = new NpgsqlCommand("SELECT 1", connection);
            await ping.ExecuteNonQueryAsync(cancellationToken);
            return _migrated = _migrated || await IsMigratedAsync(connection, cancellationToken);
        }
    }

    private static async Task<bool> IsMigratedAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        (await PendingMigrations.ReadAsync(connection, cancellationToken)).Count == 0
        && await SessionsSchema.IsCurrentAsync(connection, cancellationToken) && await IdempotencySchema.IsCurrentAsync(connection, cancellationToken)
        && await ErrorsSchema.IsCurrentAsync(connection, cancellationToken);

    /// <summary>Tells the balancer to look elsewhere while the requests in flight are finished.</summary>
    private sealed class NotStopping(IHostApplicationLifetime lifetime) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(lifetime.ApplicationStopping.IsCancellationRequested ? HealthCheckResult.Unhealthy("Stopping.") : HealthCheckResult.Healthy());
    }
}

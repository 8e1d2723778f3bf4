using Microsoft.EntityFrameworkCore;
using Storefront.Hosting;

namespace Storefront.Data;

/// <summary>Removes what has outlived its use, every hour, on any instance: the statement is the same twice.</summary>
internal sealed class Housekeeping(IServiceScopeFactory scopes, TimeProvider time, ILogger<Housekeeping> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await PurgeAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                log.PurgeFailed(error);
            }
        }
    }

    internal async Task<int> PurgeAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<StorefrontDb>();
        return await db.Database.ExecuteSqlAsync(
                $"DELETE FROM log_in_attempts WHERE last_at < now() - interval '1 day' AND blocked_until < now()", cancellationToken)
            + await db.Database.ExecuteSqlAsync($"DELETE FROM owed_mails WHERE requested_at < now() - interval '1 day' AND due_at IS NULL", cancellationToken);
    }
}

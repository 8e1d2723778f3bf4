using Microsoft.Extensions.Hosting;
using Npgsql;
using Roadworthy.Idempotency.Events;

namespace Roadworthy.Idempotency.Store;

/// <summary>Removes expired keys: an hour after the start and every hour, in batches, on any instance.</summary>
internal sealed class KeyPurge(NpgsqlDataSource source, TimeProvider time, ILogger<KeyPurge> log) : BackgroundService
{
    private const int Batch = 5_000;
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    /// <returns>How many were removed.</returns>
    public async Task<int> PurgeAsync(CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        var purged = 0;
        int removed;
        do
        {
            removed = await KeyStore.PurgeAsync(connection, Batch, cancellationToken);
            purged += removed;
        }
        while (removed == Batch);
        if (purged > 0) log.Purged(purged);
        return purged;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await PurgeAsync(stoppingToken);
            }
            catch (Exception error) when (error is NpgsqlException or TimeoutException)
            {
                log.PurgeFailed(error);
            }
        }
    }
}

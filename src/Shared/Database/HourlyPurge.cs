using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Roadworthy.Database;

/// <summary>Removes what is over: an hour after the start and every hour, in batches, on any instance.</summary>
internal abstract class HourlyPurge(TimeProvider time) : BackgroundService
{
    private const int Batch = 5_000;
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    /// <returns>How many were removed.</returns>
    public async Task<int> PurgeAsync(CancellationToken cancellationToken)
    {
        var purged = 0;
        int removed;
        do
        {
            removed = await PurgeBatchAsync(Batch, cancellationToken);
            purged += removed;
        }
        while (removed == Batch);
        if (purged > 0) Purged(purged);
        return purged;
    }

    /// <summary>Removes up to so many.</summary>
    protected abstract Task<int> PurgeBatchAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Is told how many were removed.</summary>
    protected abstract void Purged(int count);

    /// <summary>Is told that it failed this time.</summary>
    protected abstract void Failed(Exception error);

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
                Failed(error);
            }
        }
    }
}

using Microsoft.Extensions.Hosting;
using Npgsql;
using Roadworthy.Sessions.Events;

namespace Roadworthy.Sessions.Store;

/// <summary>Removes sessions that are over: an hour after the start and every hour, in batches, on any instance.</summary>
internal sealed class SessionPurge(SessionStore store, TimeProvider time, ILogger<SessionPurge> log) : BackgroundService
{
    private const int Batch = 5_000;
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    // Longer than any access token lives, so that every instance has long heard of it; and a refusal says why for some days.
    private static readonly TimeSpan KeepEnded = TimeSpan.FromDays(7);

    /// <returns>How many were removed.</returns>
    public async Task<int> PurgeAsync(CancellationToken cancellationToken)
    {
        var purged = 0;
        int removed;
        do
        {
            removed = await store.PurgeAsync(KeepEnded, Batch, cancellationToken);
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

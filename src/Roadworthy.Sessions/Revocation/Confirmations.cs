using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Roadworthy.Sessions.Events;
using Roadworthy.Sessions.Store;

namespace Roadworthy.Sessions.Revocation;

/// <summary>
/// Records that a generation's access token was used: what tells a lost answer from a theft. Gathered, and written once a second in one
/// statement; what a crash loses makes the verdict milder, never harder.
/// </summary>
internal sealed class Confirmations(SessionStore store, TimeProvider time, ILogger<Confirmations> log) : BackgroundService
{
    private const int Capacity = 100_000;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Guid, long> _pending = new();
    private ConcurrentDictionary<Guid, long> _known = new();

    /// <summary>An access token of this generation was used.</summary>
    public void Seen(Guid session, long generation)
    {
        if (_known.TryGetValue(session, out var known) && known >= generation) return;
        // Which sessions are known is a saving only: to begin anew costs a repeated statement each.
        if (_known.Count >= Capacity) _known = new();
        if (_pending.Count >= Capacity) return;
        _known[session] = generation;
        _pending.AddOrUpdate(session, generation, (_, other) => Math.Max(other, generation));
    }

    /// <summary>Writes what was gathered.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        var batch = _pending.ToArray();
        if (batch.Length == 0) return;
        try
        {
            await store.ConfirmAsync(batch, cancellationToken);
        }
        catch (Exception error) when (error is NpgsqlException or TimeoutException)
        {
            log.ConfirmationsFailed(error, batch.Length);
            return;
        }

        // A later generation that came in the meantime stays.
        foreach (var one in batch) _pending.TryRemove(one);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await FlushAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await FlushAsync(stoppingToken);
    }
}

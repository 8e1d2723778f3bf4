using System.Diagnostics.Metrics;
using System.Threading.RateLimiting;
using Storefront.Hosting;

namespace Storefront.Accounts.Passwords;

/// <summary>
/// Lets as many requests hash a password at once as there are cores, and a bounded number wait: each hash takes 19 MiB and
/// some 20 ms of a core, so that a crowd at the door would otherwise starve every other request.
/// </summary>
internal sealed class PasswordGate : IDisposable
{
    /// <summary>About a second's worth of work: whoever would wait longer is told to come back.</summary>
    private const int WaitingPerCore = 40;
    private const int WaitingAtLeast = 64;

    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = Environment.ProcessorCount,
        QueueLimit = Math.Max(WaitingAtLeast, Environment.ProcessorCount * WaitingPerCore),
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    private readonly AccountsMetrics _metrics;

    public PasswordGate(AccountsMetrics metrics, IMeterFactory meters)
    {
        _metrics = metrics;
        meters.Create(Observability.MeterName).CreateObservableGauge(
            "storefront.passwords.waiting", () => _limiter.GetStatistics()?.CurrentQueuedCount ?? 0, "{password}", "Passwords that wait for their turn at hashing.");
    }

    /// <summary>A turn at hashing; dispose it afterwards. Null when too many are waiting already.</summary>
    public async ValueTask<IDisposable?> EnterAsync(CancellationToken cancellationToken)
    {
        var lease = await _limiter.AcquireAsync(1, cancellationToken);
        if (lease.IsAcquired) return lease;
        lease.Dispose();
        _metrics.Busy();
        return null;
    }

    public void Dispose() => _limiter.Dispose();
}

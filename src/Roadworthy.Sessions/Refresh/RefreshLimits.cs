using System.Threading.RateLimiting;

namespace Roadworthy.Sessions.Refresh;

/// <summary>How often one session may refresh on this instance. Asked after the seal was checked: junk takes nobody's share.</summary>
internal sealed class RefreshLimits(SessionsOptions options) : IDisposable
{
    private readonly PartitionedRateLimiter<Guid> _limiter = PartitionedRateLimiter.Create<Guid, Guid>(session =>
        RateLimitPartition.GetTokenBucketLimiter(session, _ => new()
        {
            TokenLimit = options.RefreshesPerMinute,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = TimeSpan.FromMinutes(1) / options.RefreshesPerMinute,
            AutoReplenishment = false,
        }));

    public bool Allows(Guid session)
    {
        using var lease = _limiter.AttemptAcquire(session);
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();
}

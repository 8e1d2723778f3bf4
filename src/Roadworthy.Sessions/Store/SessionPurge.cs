using Roadworthy.Database;
using Roadworthy.Sessions.Events;

namespace Roadworthy.Sessions.Store;

/// <summary>Removes sessions that are over.</summary>
internal sealed class SessionPurge(SessionStore store, TimeProvider time, ILogger<SessionPurge> log) : HourlyPurge(time)
{
    // Longer than any access token lives, so that every instance has long heard of it; and a refusal says why for some days.
    private static readonly TimeSpan KeepEnded = TimeSpan.FromDays(7);

    protected override Task<int> PurgeBatchAsync(int limit, CancellationToken cancellationToken) => store.PurgeAsync(KeepEnded, limit, cancellationToken);

    protected override void Purged(int count) => log.Purged(count);

    protected override void Failed(Exception error) => log.PurgeFailed(error);
}

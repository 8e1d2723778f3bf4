using Npgsql;
using Roadworthy.Database;
using Roadworthy.Idempotency.Events;

namespace Roadworthy.Idempotency.Store;

/// <summary>Removes expired keys.</summary>
internal sealed class KeyPurge(NpgsqlDataSource source, TimeProvider time, ILogger<KeyPurge> log) : HourlyPurge(time)
{
    protected override async Task<int> PurgeBatchAsync(int limit, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        return await KeyStore.PurgeAsync(connection, limit, cancellationToken);
    }

    protected override void Purged(int count) => log.Purged(count);

    protected override void Failed(Exception error) => log.PurgeFailed(error);
}

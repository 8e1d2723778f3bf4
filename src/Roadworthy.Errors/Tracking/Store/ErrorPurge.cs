using Microsoft.Extensions.Options;
using Npgsql;
using Roadworthy.Database;

namespace Roadworthy.Errors.Tracking.Store;

/// <summary>Removes what is older than it is kept.</summary>
internal sealed class ErrorPurge(ErrorsDatabase database, IOptions<ErrorTrackingOptions> options, TimeProvider time, ILogger<ErrorPurge> log) : HourlyPurge(time)
{
    protected override async Task<int> PurgeBatchAsync(int limit, CancellationToken cancellationToken)
    {
        var removed = await PurgeAsync(StoreSql.PurgeEvents, options.Value.EventRetention, limit, cancellationToken).ConfigureAwait(false)
            + await PurgeAsync(StoreSql.PurgeHours, options.Value.EventRetention, limit, cancellationToken).ConfigureAwait(false)
            + await PurgeAsync(StoreSql.PurgeGroups, options.Value.GroupRetention, limit, cancellationToken).ConfigureAwait(false);
        return Math.Min(removed, limit);
    }

    protected override void Purged(int count) => log.Purged(count);

    protected override void Failed(Exception error) => log.PurgeFailed(error);

    private async Task<int> PurgeAsync(string sql, TimeSpan age, int limit, CancellationToken cancellationToken)
    {
        var command = database.Source.CreateCommand(sql);
        await using var _ = command.ConfigureAwait(false);
        command.Parameters.Add(new NpgsqlParameter { Value = age });
        command.Parameters.Add(new NpgsqlParameter { Value = limit });
        return (int)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }
}

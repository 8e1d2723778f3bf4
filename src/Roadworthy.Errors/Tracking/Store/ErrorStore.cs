using Microsoft.Extensions.Options;
using Npgsql;

namespace Roadworthy.Errors.Tracking.Store;

/// <summary>Puts occurrences into the tables, each exactly once.</summary>
internal sealed class ErrorStore(ErrorsDatabase database, IOptions<ErrorTrackingOptions> options, TimeProvider time)
{
    /// <summary>How many of a group's latest occurrences keep their records.</summary>
    public const int KeptRecords = 20;

    /// <summary>The group of what found no room.</summary>
    public static readonly Guid Overflow = new("00000000-0000-8000-8000-000000000000");

    /// <summary>How far a spool has been taken; 0 where it is new.</summary>
    public async Task<long> PositionAsync(Guid spool, CancellationToken cancellationToken)
    {
        var command = database.Source.CreateCommand(StoreSql.Position);
        await using var _ = command.ConfigureAwait(false);
        command.Parameters.Add(new NpgsqlParameter { Value = spool });
        return (long)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }

    /// <summary>Of a spool that is no more.</summary>
    public async Task ForgetAsync(Guid spool, CancellationToken cancellationToken)
    {
        var command = database.Source.CreateCommand(StoreSql.Forget);
        await using var _ = command.ConfigureAwait(false);
        command.Parameters.Add(new NpgsqlParameter { Value = spool });
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes a batch and moves the spool's position, in one transaction.</summary>
    /// <returns>The groups that came back; null where the position was another one, and nothing was taken.</returns>
    public async Task<IReadOnlyList<ErrorRegression>?> ApplyAsync(
        Guid spool, long from, long to, IReadOnlyList<ErrorOccurrence> occurrences, CancellationToken cancellationToken)
    {
        var connection = await database.Source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = connection.ConfigureAwait(false);
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var __ = transaction.ConfigureAwait(false);
        var (regressions, crowded) = await WriteAsync(connection, spool, from, to, occurrences, cancellationToken).ConfigureAwait(false);
        if (regressions is null)
        {
            return null;
        }

        if (crowded.Count > 0)
        {
            var trim = new NpgsqlCommand(StoreSql.TrimEvents, connection) { Parameters = { new() { Value = crowded.ToArray() }, new() { Value = options.Value.MaxEventsPerGroup } } };
            await using var ___ = trim.ConfigureAwait(false);
            await trim.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return regressions;
    }

    private async Task<(IReadOnlyList<ErrorRegression>? Regressions, List<Guid> Crowded)> WriteAsync(
        NpgsqlConnection connection, Guid spool, long from, long to, IReadOnlyList<ErrorOccurrence> occurrences, CancellationToken cancellationToken)
    {
        var batch = Statements(connection, spool, from, to, occurrences);
        await using var _ = batch.ConfigureAwait(false);
        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var __ = reader.ConfigureAwait(false);
        if (!await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            return (null, []);
        }

        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        var regressions = new List<ErrorRegression>();
        while (occurrences.Count > 0 && await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var latest = occurrences.Last(o => o.Group == reader.GetGuid(0));
            regressions.Add(new(latest.Group, latest.Type, latest.Message, latest.Culprit, reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2)));
        }

        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        var crowded = new List<Guid>();
        var most = options.Value.MaxEventsPerGroup + (options.Value.MaxEventsPerGroup / 10);
        while (occurrences.Count > 0 && await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (reader.GetInt32(1) > most)
            {
                crowded.Add(reader.GetGuid(0));
            }
        }

        return (regressions, crowded);
    }

    private NpgsqlBatch Statements(NpgsqlConnection connection, Guid spool, long from, long to, IReadOnlyList<ErrorOccurrence> occurrences)
    {
        var batch = new NpgsqlBatch(connection);
        Add(StoreSql.Move, [new() { Value = spool }, new() { Value = from }, new() { Value = to }]);
        if (occurrences.Count == 0)
        {
            return batch;
        }

        var input = new ErrorBatch(occurrences, KeptRecords);
        var now = time.GetUtcNow();
        Add(StoreSql.Regress, [new() { Value = now }, new() { Value = input.Times }, new() { Value = input.Groups }, ErrorBatch.Text(input.Releases), new() { Value = Overflow }]);
        Add(StoreSql.Apply, [new() { Value = now }, .. input.Columns(), new() { Value = options.Value.MaxGroups }, new() { Value = Overflow }]);
        Add(StoreSql.DropRecords, [new() { Value = input.Groups.Append(Overflow).Distinct().ToArray() }, new() { Value = KeptRecords }]);
        return batch;

        void Add(string sql, IEnumerable<NpgsqlParameter> parameters)
        {
            var command = new NpgsqlBatchCommand(sql);
            foreach (var parameter in parameters)
            {
                command.Parameters.Add(parameter);
            }

            batch.BatchCommands.Add(command);
        }
    }
}

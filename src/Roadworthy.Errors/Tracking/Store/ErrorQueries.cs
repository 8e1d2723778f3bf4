using Npgsql;
using NpgsqlTypes;

namespace Roadworthy.Errors.Tracking.Store;

/// <summary>Asks the tables, and sets what people decide.</summary>
internal sealed class ErrorQueries(ErrorsDatabase database)
{
    public async Task<ErrorGroupPage> ListAsync(ErrorGroupFilter filter, CancellationToken cancellationToken)
    {
        GroupCursor? after = filter.After is null ? null : GroupCursor.Parse(filter.After);
        var groups = await ReadAsync(
            QuerySql.List,
            [
                Typed(filter.Status is { } status ? GroupRows.NameOf(status) : null, NpgsqlDbType.Text),
                Typed(filter.Text is { } text ? text.Replace("\0", "", StringComparison.Ordinal) : null, NpgsqlDbType.Text),
                Typed(after?.LastSeen, NpgsqlDbType.TimestampTz), Typed(after?.Id, NpgsqlDbType.Uuid), Typed(filter.Limit + 1, NpgsqlDbType.Integer),
            ],
            GroupRows.Group,
            cancellationToken).ConfigureAwait(false);
        if (groups.Count <= filter.Limit)
        {
            return new ErrorGroupPage(groups, null);
        }

        groups.RemoveAt(filter.Limit);
        return new ErrorGroupPage(groups, new GroupCursor(groups[^1].LastSeen, groups[^1].Id).ToString());
    }

    public async Task<ErrorGroup?> FindAsync(Guid group, CancellationToken cancellationToken) =>
        (await ReadAsync(QuerySql.Find, [Typed(group, NpgsqlDbType.Uuid)], GroupRows.Group, cancellationToken).ConfigureAwait(false)).FirstOrDefault();

    public async Task<ErrorEvent?> FirstAsync(Guid group, CancellationToken cancellationToken) =>
        (await ReadAsync(QuerySql.First, [Typed(group, NpgsqlDbType.Uuid)], GroupRows.Event, cancellationToken).ConfigureAwait(false)).FirstOrDefault();

    public async Task<IReadOnlyList<ErrorEvent>> LatestAsync(Guid group, CancellationToken cancellationToken) => await ReadAsync(
        QuerySql.Latest, [Typed(group, NpgsqlDbType.Uuid), Typed(ErrorStore.KeptRecords, NpgsqlDbType.Integer)], GroupRows.Event, cancellationToken).ConfigureAwait(false);

    public async Task<ErrorGroup?> FindByTraceAsync(string traceId, CancellationToken cancellationToken) => (await ReadAsync(
        QuerySql.FindByTrace, [Typed(traceId.Replace("\0", "", StringComparison.Ordinal), NpgsqlDbType.Text)], GroupRows.Group, cancellationToken).ConfigureAwait(false)).FirstOrDefault();

    public Task<bool> ResolveAsync(Guid group, bool inNextRelease, string? by, CancellationToken cancellationToken) => SetAsync(
        QuerySql.Resolve,
        [Typed(group, NpgsqlDbType.Uuid), Name(by), Typed(inNextRelease, NpgsqlDbType.Boolean)],
        cancellationToken);

    public Task<bool> SetAsync(Guid group, ErrorGroupStatus status, string? by, CancellationToken cancellationToken) =>
        SetAsync(QuerySql.SetStatus, [Typed(group, NpgsqlDbType.Uuid), Name(by), Typed(GroupRows.NameOf(status), NpgsqlDbType.Text)], cancellationToken);

    private static NpgsqlParameter Name(string? by) => Typed(by?.Replace("\0", "", StringComparison.Ordinal), NpgsqlDbType.Text);

    private static NpgsqlParameter Typed(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };

    private async Task<List<T>> ReadAsync<T>(string sql, NpgsqlParameter[] parameters, Func<NpgsqlDataReader, T> row, CancellationToken cancellationToken)
    {
        var command = database.Source.CreateCommand(sql);
        await using var _ = command.ConfigureAwait(false);
        command.Parameters.AddRange(parameters);
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var __ = reader.ConfigureAwait(false);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            rows.Add(row(reader));
        }

        return rows;
    }

    private async Task<bool> SetAsync(string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        var command = database.Source.CreateCommand(sql);
        await using var _ = command.ConfigureAwait(false);
        command.Parameters.AddRange(parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false) > 0;
    }
}

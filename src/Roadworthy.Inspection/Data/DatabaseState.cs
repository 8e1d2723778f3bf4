using System.Data;
using Npgsql;

namespace Roadworthy.Inspection.Data;

/// <summary>
/// A database's rows as they were at one moment: tells what has changed since, and takes it back. Sequences go on, so that nothing is given out twice. For one
/// caller at a time, and while the application does nothing.
/// </summary>
internal sealed class DatabaseState : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly List<TableImage> _images;

    private DatabaseState(NpgsqlConnection connection, Catalogue catalogue, List<TableImage> images) => (_connection, Catalogue, _images) = (connection, catalogue, images);

    public Catalogue Catalogue { get; }

    /// <summary>The rows of a table as they were; empty for one that is not watched.</summary>
    public IReadOnlyList<string?[]> RowsOf(Table table) => _images.FirstOrDefault(image => image.Table.Quoted == table.Quoted)?.Rows ?? [];

    /// <summary>Remembers all rows of all tables.</summary>
    /// <param name="connectionString">The database's own address, without the proxy; its account must be a superuser's, to restore.</param>
    /// <param name="ct">Gives up.</param>
    /// <param name="ignored">Tables that change by themselves: neither compared nor restored.</param>
    public static async Task<DatabaseState> TakeAsync(string connectionString, CancellationToken ct, IReadOnlyCollection<string>? ignored = null)
    {
        var connection = await Sql.OpenAsync(connectionString, ct);
        try
        {
            var catalogue = await CatalogueReader.ReadAsync(connection, ct);
            var tables = catalogue.Tables.Where(table => ignored?.Contains(table.Name, StringComparer.Ordinal) is not true).ToList();
            var images = new List<TableImage>();
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
            foreach (var table in tables) images.Add(await TableImage.TakeAsync(connection, table, ct));
            return new DatabaseState(connection, catalogue, images);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>A snapshot as of now, over the same connection; what has not changed is not read again. Ends with this one.</summary>
    public async Task<DatabaseState> AgainAsync(CancellationToken ct)
    {
        await using var transaction = await _connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var checksums = await ChecksumsAsync(_connection, [.. _images.Select(image => image.Table)], ct);
        var images = new List<TableImage>();
        for (var n = 0; n < _images.Count; n++) images.Add(checksums[n] == _images[n].Checksum ? _images[n] : await TableImage.TakeAsync(_connection, _images[n].Table, ct));
        return new DatabaseState(_connection, Catalogue, images);
    }

    /// <summary>Exactly what is different from the snapshot.</summary>
    public async Task<StateDelta> DeltaAsync(CancellationToken ct)
    {
        await using var transaction = await _connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var checksums = await ChecksumsAsync(_connection, [.. _images.Select(image => image.Table)], ct);
        var tables = new List<TableDelta>();
        for (var n = 0; n < _images.Count; n++)
        {
            if (checksums[n] == _images[n].Checksum) continue;
            var delta = await _images[n].CompareAsync(_connection, ct);
            if (delta.Added.Count + delta.Removed.Count > 0) tables.Add(delta);
            else _images[n].Accept(checksums[n]);
        }

        return tables.Count == 0 ? StateDelta.None : new StateDelta(tables);
    }

    /// <summary>Makes the database what it was, in one transaction.</summary>
    /// <exception cref="PostgresException">Somebody holds a lock on what is to be restored for longer than five seconds.</exception>
    public async Task RestoreAsync(CancellationToken ct) => await RestoreAsync(await DeltaAsync(ct), ct);

    /// <summary>Makes the tables of a delta what they were.</summary>
    /// <exception cref="PostgresException">As for all of it.</exception>
    public async Task RestoreAsync(StateDelta delta, CancellationToken ct)
    {
        if (delta.IsEmpty) return;
        await using var transaction = await _connection.BeginTransactionAsync(ct);
        await Sql.ExecuteAsync(_connection, "SET LOCAL session_replication_role = replica", ct);
        await Sql.ExecuteAsync(_connection, "SET LOCAL lock_timeout = '5s'", ct);
        foreach (var image in _images.Where(image => delta.Of(image.Table) is not null)) await image.RestoreAsync(_connection, ct);
        await transaction.CommitAsync(ct);
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static async Task<IReadOnlyList<string>> ChecksumsAsync(NpgsqlConnection connection, List<Table> tables, CancellationToken ct)
    {
        if (tables.Count == 0) return [];
        await using var command = new NpgsqlCommand($"SELECT ARRAY[{string.Join(", ", tables.Select(table => $"({TableImage.ChecksumOf(table)})"))}]", connection) { CommandTimeout = 120 };
        return (string[])(await command.ExecuteScalarAsync(ct))!;
    }
}

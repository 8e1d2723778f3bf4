using System.Text;
using Npgsql;

namespace Roadworthy.Inspection.Data;

/// <summary>The rows of one table as they were: as text, to be compared, and as PostgreSQL's own copy, to be put back.</summary>
internal sealed class TableImage
{
    private readonly byte[] _copy;
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    private TableImage(Table table, List<string?[]> rows, byte[] copy)
    {
        (Table, Rows, _copy) = (table, rows, copy);
        foreach (var row in rows) _counts[Key(row)] = _counts.GetValueOrDefault(Key(row)) + 1;
    }

    public Table Table { get; }

    public IReadOnlyList<string?[]> Rows { get; }

    /// <summary>A SELECT that tells any difference in few bytes: how many rows, and the sum of their hashes.</summary>
    public static string Checksum(Table table) => $"SELECT count(*)::text || ':' || coalesce(sum(hashtextextended(t::text, 0)), 0)::text FROM {table.Quoted} t";

    public static async Task<TableImage> TakeAsync(NpgsqlConnection connection, Table table, CancellationToken ct)
    {
        using var copy = new MemoryStream();
        if (Written(table).Length > 0)
        {
            // A partitioned table can't be copied by its name.
            await using var stream = await connection.BeginRawBinaryCopyAsync($"COPY (SELECT {Written(table)} FROM {table.Quoted}) TO STDOUT (FORMAT BINARY)", ct);
            await stream.CopyToAsync(copy, ct);
        }

        return new TableImage(table, await RowsAsync(connection, table, ct), copy.ToArray());
    }

    /// <summary>What is there now and was not, and the other way round; a row that is there more than once counts as often.</summary>
    public async Task<TableDelta> CompareAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var left = new Dictionary<string, int>(_counts, StringComparer.Ordinal);
        var added = new List<string?[]>();
        foreach (var row in await RowsAsync(connection, Table, ct))
        {
            var key = Key(row);
            if (left.TryGetValue(key, out var count) && count > 0) left[key] = count - 1;
            else added.Add(row);
        }

        var removed = new List<string?[]>();
        foreach (var row in Rows)
        {
            var key = Key(row);
            if (left[key] == 0) continue;
            left[key]--;
            removed.Add(row);
        }

        return new TableDelta(Table, added, removed);
    }

    /// <summary>Makes the table what it was. Foreign keys and triggers are the caller's to switch off.</summary>
    public async Task RestoreAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await Sql.ExecuteAsync(connection, $"DELETE FROM {Table.Quoted}", ct);
        if (_copy.Length == 0) return;
        await using var stream = await connection.BeginRawBinaryCopyAsync($"COPY {Table.Quoted} ({Written(Table)}) FROM STDIN (FORMAT BINARY)", ct);
        await stream.WriteAsync(_copy, ct);
    }

    /// <summary>The columns that can be written; an identity's can by COPY, also where it is always generated.</summary>
    private static string Written(Table table) => string.Join(", ", table.Columns.Where(column => !column.Computed).Select(column => column.Quoted));

    private static async Task<List<string?[]>> RowsAsync(NpgsqlConnection connection, Table table, CancellationToken ct)
    {
        var rows = new List<string?[]>();
        if (table.Columns.Count == 0) return rows;
        await using var command = new NpgsqlCommand($"SELECT {string.Join(", ", table.Columns.Select(column => column.Quoted + "::text"))} FROM {table.Quoted}", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var row = new string?[table.Columns.Count];
            for (var n = 0; n < row.Length; n++) row[n] = reader.IsDBNull(n) ? null : reader.GetString(n);
            rows.Add(row);
        }

        return rows;
    }

    private static string Key(string?[] row)
    {
        var key = new StringBuilder();
        foreach (var value in row) key.Append(value is null ? 'n' : 't').Append(value).Append('\u0001');
        return key.ToString();
    }
}

using System.Text;
using Npgsql;

namespace Roadworthy.Inspection.Data;

/// <summary>
/// The rows of one table as they were: as text, to be compared, and as PostgreSQL's own copy, to be put back. Which rows have changed is told by their versions, so that neither a
/// comparison nor a restore costs more than what has changed, however many rows there are.
/// </summary>
internal sealed class TableImage
{
    private readonly BinaryRows _copy;
    private readonly RowVersion[] _versions;
    private readonly Dictionary<RowVersion, int> _at = [];

    private TableImage(Table table, List<(RowVersion Version, string?[] Row)> rows, BinaryRows copy, string checksum)
    {
        (Table, Rows, _copy, _versions, Checksum) = (table, [.. rows.Select(each => each.Row)], copy, [.. rows.Select(each => each.Version)], checksum);
        for (var at = 0; at < _versions.Length; at++) _at[_versions[at]] = at;
    }

    public Table Table { get; }

    public IReadOnlyList<string?[]> Rows { get; }

    /// <summary>What <see cref="ChecksumOf"/> says while nothing has changed.</summary>
    public string Checksum { get; private set; }

    /// <summary>A SELECT that tells any difference in few bytes: how many rows, and a hash of their versions.</summary>
    public static string ChecksumOf(Table table) =>
        $"SELECT count(*)::text || ':' || coalesce(bit_xor(hashtidextended(ctid, (tableoid::int8 << 32) | xmin::text::int8)), 0)::text FROM {table.Quoted}";

    public static async Task<TableImage> TakeAsync(NpgsqlConnection connection, Table table, CancellationToken ct)
    {
        using var copy = new MemoryStream();
        if (Written(table).Length > 0)
        {
            // A partitioned table can't be copied by its name.
            await using var stream = await connection.BeginRawBinaryCopyAsync($"COPY (SELECT {Written(table)} FROM {table.Quoted} ORDER BY tableoid, ctid) TO STDOUT (FORMAT BINARY)", ct);
            await stream.CopyToAsync(copy, ct);
        }

        var rows = await RowsAsync(connection, $"{Selected(table)} ORDER BY tableoid, ctid", table, ct);
        return new TableImage(table, rows, new BinaryRows(copy.ToArray()), (string)(await Sql.ScalarAsync(connection, ChecksumOf(table), ct))!);
    }

    /// <summary>Rows were written again as they were: the checksum is another, and nothing has changed.</summary>
    public void Accept(string checksum) => Checksum = checksum;

    /// <summary>What is there now and was not, and the other way round; a row that is there more than once counts as often.</summary>
    public async Task<TableDelta> CompareAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var (strange, missing) = await DifferAsync(connection, ct);
        return new TableDelta(Table, [.. strange.Select(each => each.Row)], [.. missing.Select(at => Rows[at])]);
    }

    /// <summary>Makes the table what it was. Foreign keys and triggers are the caller's to switch off.</summary>
    public async Task RestoreAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var (strange, missing) = await DifferAsync(connection, ct);
        foreach (var part in strange.GroupBy(each => each.Version.Table))
        {
            await using var delete = new NpgsqlCommand($"DELETE FROM {Table.Quoted} WHERE tableoid = $1 AND ctid = ANY($2::text[]::tid[])", connection);
            delete.Parameters.Add(new() { Value = part.Key, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Oid });
            delete.Parameters.Add(new() { Value = part.Select(each => each.Version.Place.ToString()).ToArray() });
            await delete.ExecuteNonQueryAsync(ct);
        }

        if (missing.Count > 0 && Written(Table).Length > 0)
        {
            await using (var stream = await connection.BeginRawBinaryCopyAsync($"COPY {Table.Quoted} ({Written(Table)}) FROM STDIN (FORMAT BINARY)", ct)) await _copy.WriteAsync(stream, missing, ct);
            // They are the same rows, in another place.
            await DifferAsync(connection, ct);
        }

        Checksum = (string)(await Sql.ScalarAsync(connection, ChecksumOf(Table), ct))!;
    }

    /// <summary>Rows that were not there, and which of those that were are there no more. A row that was written again as it was is the same.</summary>
    private async Task<(List<(RowVersion Version, string?[] Row)> Strange, List<int> Missing)> DifferAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var (isThere, unknown) = (new bool[_versions.Length], new List<RowVersion>());
        await using (var command = new NpgsqlCommand($"SELECT {RowVersion.Columns} FROM {Table.Quoted}", connection) { CommandTimeout = 120 })
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                var version = VersionOf(reader);
                if (_at.TryGetValue(version, out var at)) isThere[at] = true;
                else unknown.Add(version);
            }
        }

        var missing = Enumerable.Range(0, isThere.Length).Where(at => !isThere[at]).ToList();
        var strange = new List<(RowVersion Version, string?[] Row)>();
        if (unknown.Count == 0) return (strange, missing);
        var lost = missing.ToLookup(at => Key(Rows[at]), StringComparer.Ordinal).ToDictionary(same => same.Key, same => new Queue<int>(same), StringComparer.Ordinal);
        foreach (var (version, row) in await RowsAsync(connection, $"{Selected(Table)} WHERE ctid = ANY($1::text[]::tid[])", Table, ct, unknown))
        {
            if (lost.TryGetValue(Key(row), out var same) && same.TryDequeue(out var at)) Move(at, version);
            else strange.Add((version, row));
        }

        return (strange, [.. lost.Values.SelectMany(same => same).Order()]);
    }

    private void Move(int at, RowVersion version)
    {
        _at.Remove(_versions[at]);
        _at[_versions[at] = version] = at;
    }

    /// <summary>The columns that can be written; an identity's can by COPY, also where it is always generated.</summary>
    private static string Written(Table table) => string.Join(", ", table.Columns.Where(column => !column.Computed).Select(column => column.Quoted));

    private static string Selected(Table table) => $"SELECT {string.Join(", ", table.Columns.Select(column => column.Quoted + "::text").Prepend(RowVersion.Columns))} FROM {table.Quoted}";

    /// <param name="wanted">Where only some are asked for: those alone. Their places are the statement's parameter.</param>
    private static async Task<List<(RowVersion Version, string?[] Row)>> RowsAsync(NpgsqlConnection connection, string sql, Table table, CancellationToken ct, List<RowVersion>? wanted = null)
    {
        var (rows, isWanted) = (new List<(RowVersion, string?[])>(), wanted?.ToHashSet());
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        if (wanted is not null) command.Parameters.Add(new() { Value = wanted.Select(version => version.Place.ToString()).Distinct(StringComparer.Ordinal).ToArray() });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var version = VersionOf(reader);
            // Parts of one table have the same places.
            if (isWanted?.Contains(version) is false) continue;
            var row = new string?[table.Columns.Count];
            for (var n = 0; n < row.Length; n++) row[n] = reader.IsDBNull(n + 3) ? null : reader.GetString(n + 3);
            rows.Add((version, row));
        }

        return rows;
    }

    private static RowVersion VersionOf(NpgsqlDataReader reader) => new(reader.GetFieldValue<uint>(0), reader.GetFieldValue<NpgsqlTypes.NpgsqlTid>(1), reader.GetFieldValue<uint>(2));

    private static string Key(string?[] row)
    {
        var key = new StringBuilder();
        foreach (var value in row) key.Append(value is null ? 'n' : 't').Append(value).Append('\u0001');
        return key.ToString();
    }
}

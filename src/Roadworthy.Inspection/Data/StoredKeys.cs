using System.Text.RegularExpressions;
using Npgsql;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Data;

/// <summary>The keys of rows that a migration or a seed left: roles, countries, plans. A field may need one that no answer ever tells.</summary>
internal static partial class StoredKeys
{
    private const int MostTables = 100;
    private const int MostRows = 20;

    /// <summary>By the kind of thing, as tables are called; empty tables are left out.</summary>
    public static async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> ReadAsync(string connectionString, CancellationToken ct)
    {
        var found = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        await using var connection = await Sql.OpenAsync(connectionString, ct);
        foreach (var table in (await CatalogueReader.ReadAsync(connection, ct)).Tables.Where(table => table.PrimaryKey.Count == 1).Take(MostTables))
        {
            var kind = Names.KindOf(table.Name);
            if (await KeysAsync(connection, table, ct) is { Count: > 0 } keys) found.TryAdd(kind, keys);
        }

        return found;
    }

    /// <summary>In their order, but what is for everybody before what is for a few: who signs up is no administrator.</summary>
    private static async Task<IReadOnlyList<string>> KeysAsync(NpgsqlConnection connection, Table table, CancellationToken ct)
    {
        var key = Sql.Quote(table.PrimaryKey[0]);
        var rows = new List<(string Key, bool IsUsual)>();
        try
        {
            await using var command = new NpgsqlCommand($"SELECT {key}::text, row_to_json(t)::text FROM {table.Quoted} t ORDER BY {key} LIMIT {MostRows}", connection);
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct)) rows.Add((reader.GetString(0), Usual().IsMatch(reader.GetString(1))));
        }
        catch (PostgresException)
        {
            // A table that may not be read, or a key that has no order.
        }

        return [.. rows.OrderByDescending(row => row.IsUsual).Select(row => row.Key)];
    }

    [GeneratedRegex(@":""(?:users?|customers?|members?|clients?|basic|default|standard)""", RegexOptions.IgnoreCase)]
    private static partial Regex Usual();
}

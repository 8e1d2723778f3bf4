using System.Globalization;
using Npgsql;
using Roadworthy.Inspection.Data;

namespace Roadworthy.Inspection.Probing.Races;

/// <summary>A number in a row that a request takes from: stock, a balance, places left.</summary>
/// <param name="Row">As it was before.</param>
/// <param name="Column">Its number in the table.</param>
/// <param name="By">What it is lowered by.</param>
internal sealed record Taken(Table Table, string?[] Row, int Column, decimal By);

/// <summary>Makes what is taken scarce, so that only the first of two gets it.</summary>
internal static class Contention
{
    /// <summary>Every number that is lowered in place; keys are none.</summary>
    public static IReadOnlyList<Taken> In(StateDelta delta)
    {
        var found = new List<Taken>();
        foreach (var table in delta.Tables.Where(table => table.Table.PrimaryKey.Count > 0))
        {
            foreach (var before in table.Removed)
            {
                if (table.Added.FirstOrDefault(row => Key(table.Table, row).SequenceEqual(Key(table.Table, before), StringComparer.Ordinal)) is not { } after) continue;
                for (var column = 0; column < before.Length; column++)
                    if (IsCount(table.Table, column) && Number(before[column]) is { } old && Number(after[column]) is { } now && now < old) found.Add(new Taken(table.Table, before, column, old - now));
            }
        }

        return found;
    }

    /// <summary>Leaves of each exactly what one request takes. False where that changes nothing, or the table does not have it.</summary>
    public static async Task<bool> MakeScarceAsync(string database, IReadOnlyList<Taken> taken, CancellationToken ct)
    {
        var scarce = taken.Where(each => Number(each.Row[each.Column]) != each.By).ToList();
        if (scarce.Count == 0) return false;
        await using var connection = await Sql.OpenAsync(database, ct);
        try
        {
            foreach (var each in scarce)
            {
                var where = string.Join(" AND ", each.Table.PrimaryKey.Select((name, at) => $"{Sql.Quote(name)}::text = ${at + 1}"));
                var column = each.Table.Columns[each.Column];
                await Sql.ExecuteAsync(connection, $"UPDATE {each.Table.Quoted} SET {column.Quoted} = {each.By.ToString(CultureInfo.InvariantCulture)} WHERE {where}", ct, [.. Key(each.Table, each.Row)]);
            }

            return true;
        }
        catch (PostgresException)
        {
            return false;
        }
    }

    private static bool IsCount(Table table, int at)
    {
        var column = table.Columns[at];
        return column is { Category: 'N', Computed: false } && !table.PrimaryKey.Contains(column.Name, StringComparer.Ordinal) && !table.ForeignKeys.Any(key => key.Columns.Contains(column.Name, StringComparer.Ordinal));
    }

    private static IEnumerable<string?> Key(Table table, string?[] row) => table.PrimaryKey.Select(name => row[table.Columns.ToList().FindIndex(column => column.Name == name)]);

    private static decimal? Number(string? text) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}

using Npgsql;

namespace Roadworthy.Inspection.Data;

/// <summary>Roles that are rows of their own: by a key in the account's row, or by a table between the two.</summary>
internal static class Roles
{
    public static async Task GrantAsync(NpgsqlConnection connection, AccountRow row, List<string> done, CancellationToken ct)
    {
        foreach (var key in row.Table.ForeignKeys.Where(key => key.TargetTable.Contains("role", StringComparison.OrdinalIgnoreCase) && key.Columns.Count == 1))
            if (row.Catalogue.Find(key.TargetSchema, key.TargetTable) is { } roles && await AdminAsync(connection, roles, key.TargetColumns[0], ct) is { } id)
                await TryAsync(connection, $"UPDATE {row.Table.Quoted} SET {Sql.Quote(key.Columns[0])} = ({id}) WHERE {row.Where}", $"{row.Table}.{key.Columns[0]} = that of the administrators", done, ct);

        foreach (var column in row.Table.Columns)
            if (Undeclared(row.Catalogue, row.Table, column) is { } roles && await AdminAsync(connection, roles, roles.PrimaryKey[0], ct) is { } id)
                await TryAsync(connection, $"UPDATE {row.Table.Quoted} SET {column.Quoted} = ({id}) WHERE {row.Where}", $"{row.Table}.{column.Name} = that of the administrators", done, ct);

        foreach (var (between, toUser) in row.Catalogue.ChildrenOf(row.Table).Where(child => child.Child.Name.Contains("role", StringComparison.OrdinalIgnoreCase) && child.Key.Columns.Count == 1))
        {
            var toRole = between.ForeignKeys.FirstOrDefault(key => key != toUser && key.TargetTable.Contains("role", StringComparison.OrdinalIgnoreCase) && key.Columns.Count == 1);
            if (toRole is null || row.Catalogue.Find(toRole.TargetSchema, toRole.TargetTable) is not { } roles || await AdminAsync(connection, roles, toRole.TargetColumns[0], ct) is not { } id) continue;
            await TryAsync(connection,
                $"INSERT INTO {between.Quoted} ({Sql.Quote(toUser.Columns[0])}, {Sql.Quote(toRole.Columns[0])}) SELECT {Sql.Quote(toUser.TargetColumns[0])}, ({id}) FROM {row.Table.Quoted} WHERE {row.Where} ON CONFLICT DO NOTHING",
                $"a row of {between}", done, ct);
        }
    }

    /// <summary>The table of the roles that a column holds a key of by its name alone; null for every other column.</summary>
    public static Table? Undeclared(Catalogue catalogue, Table table, Column column) =>
        Driving.Names.ReferenceOf(column.Name) is { } kind && kind.EndsWith("role", StringComparison.Ordinal) && !table.ForeignKeys.Any(key => key.Columns.Contains(column.Name, StringComparer.Ordinal))
            ? catalogue.Tables.FirstOrDefault(each => Driving.Names.KindOf(each.Name) == kind && each.PrimaryKey.Count == 1) : null;

    /// <summary>SQL that finds the administrators' role, which is made where there is none of its name.</summary>
    public static async Task<string?> AdminAsync(NpgsqlConnection connection, Table roles, string idColumn, CancellationToken ct)
    {
        foreach (var name in roles.Columns.Where(column => column.IsText && column.Name.Contains("name", StringComparison.OrdinalIgnoreCase)).OrderBy(column => column.Name.Length))
        {
            var find = $"SELECT {Sql.Quote(idColumn)} FROM {roles.Quoted} WHERE {name.Quoted} ILIKE '%admin%' ORDER BY length({name.Quoted}) LIMIT 1";
            if (await Sql.ScalarAsync(connection, find, ct) is not null) return find;
            return null;
        }

        return null;
    }

    private static async Task TryAsync(NpgsqlConnection connection, string sql, string what, List<string> done, CancellationToken ct)
    {
        try
        {
            if (await Sql.ExecuteAsync(connection, sql, ct) > 0) done.Add(what);
        }
        catch (PostgresException)
        {
            // Not this one.
        }
    }
}

using Npgsql;

namespace Roadworthy.Inspection.Data;

/// <summary>Reads the <see cref="Catalogue"/>.</summary>
internal static class CatalogueReader
{
    private const int MostTables = 1000;

    private static readonly string[] Bookkeeping =
        ["__EFMigrationsHistory", "schema_migrations", "ar_internal_metadata", "alembic_version", "django_migrations", "knex_migrations", "knex_migrations_lock", "SequelizeMeta", "_prisma_migrations", "flyway_schema_history", "databasechangelog", "databasechangeloglock", "migrations", "typeorm_metadata", "pgmigrations", "goose_db_version", "gorp_migrations"];

    private const string TablesSql =
        """
        SELECT c.oid::int8, n.nspname, c.relname, greatest(c.reltuples, 0)::int8
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\_%'
          AND NOT EXISTS (SELECT 1 FROM pg_depend e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')
        ORDER BY n.nspname, c.relname
        """;

    private const string ColumnsSql =
        """
        SELECT a.attrelid::int8, a.attname, format_type(a.atttypid, a.atttypmod), t.typcategory::text, NOT a.attnotnull, pg_get_expr(d.adbin, d.adrelid),
               pg_get_serial_sequence(quote_ident(n.nspname) || '.' || quote_ident(c.relname), a.attname), a.attgenerated <> '' OR a.attidentity = 'a',
               CASE WHEN t.typname IN ('varchar', 'bpchar') AND a.atttypmod > 4 THEN a.atttypmod - 4 END,
               ARRAY(SELECT e.enumlabel::text FROM pg_enum e WHERE e.enumtypid = a.atttypid ORDER BY e.enumsortorder),
               a.attgenerated <> ''
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_type t ON t.oid = a.atttypid
        LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\_%'
        ORDER BY a.attrelid, a.attnum
        """;

    private const string IndexesSql =
        """
        SELECT i.indrelid::int8, x.relname, i.indisprimary, i.indisunique, i.indpred IS NOT NULL, 0 = ANY(i.indkey::int2[]),
               ARRAY(SELECT a.attname::text FROM unnest(i.indkey::int2[]) WITH ORDINALITY k(num, at) JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.num WHERE k.at <= i.indnkeyatts ORDER BY k.at),
               pg_get_indexdef(i.indexrelid), (SELECT a.attname FROM pg_attribute a WHERE a.attrelid = i.indrelid AND a.attnum = i.indkey[0]), pg_get_expr(i.indpred, i.indrelid)
        FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_namespace n ON n.oid = x.relnamespace
        WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\_%'
        ORDER BY x.relname
        """;

    private const string ConstraintsSql =
        """
        SELECT c.conrelid::int8, c.conname, c.contype::text, coalesce(tn.nspname, ''), coalesce(t.relname, ''), pg_get_constraintdef(c.oid),
               ARRAY(SELECT a.attname::text FROM unnest(c.conkey) WITH ORDINALITY k(num, at) JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.num ORDER BY k.at),
               ARRAY(SELECT a.attname::text FROM unnest(c.confkey) WITH ORDINALITY k(num, at) JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.num ORDER BY k.at)
        FROM pg_constraint c LEFT JOIN pg_class t ON t.oid = c.confrelid LEFT JOIN pg_namespace tn ON tn.oid = t.relnamespace
        WHERE c.contype IN ('f', 'c') AND c.conrelid <> 0 AND c.conparentid = 0
        ORDER BY c.conname
        """;

    public static async Task<Catalogue> ReadAsync(string connectionString, CancellationToken ct)
    {
        await using var connection = await Sql.OpenAsync(connectionString, ct);
        return await ReadAsync(connection, ct);
    }

    public static async Task<Catalogue> ReadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var columns = (await RowsAsync(connection, ColumnsSql, row => (Table: row.GetInt64(0), Column: new Column(row.GetString(1), row.GetString(2), row.GetString(3)[0], row.GetBoolean(4),
            Text(row, 5), Text(row, 6), row.GetBoolean(7), row.IsDBNull(8) ? null : row.GetInt32(8), row.GetFieldValue<string[]>(9))
        { Computed = row.GetBoolean(10) }), ct)).ToLookup(each => each.Table, each => each.Column);
        var indexes = (await RowsAsync(connection, IndexesSql, row => (Table: row.GetInt64(0), Name: row.GetString(1), IsPrimary: row.GetBoolean(2), IsUnique: row.GetBoolean(3), IsPartial: row.GetBoolean(4),
            HasExpression: row.GetBoolean(5), Columns: row.GetFieldValue<string[]>(6), Definition: row.GetString(7), First: Text(row, 8), Where: Text(row, 9)), ct)).ToLookup(each => each.Table);
        var constraints = (await RowsAsync(connection, ConstraintsSql, row => (Table: row.GetInt64(0), Name: row.GetString(1), Kind: row.GetString(2), Schema: row.GetString(3), Target: row.GetString(4),
            Definition: row.GetString(5), Columns: row.GetFieldValue<string[]>(6), TargetColumns: row.GetFieldValue<string[]>(7)), ct)).ToLookup(each => each.Table);
        var tables = await RowsAsync(connection, TablesSql, row => (Id: row.GetInt64(0), Table: new Table(row.GetString(1), row.GetString(2)) { EstimatedRows = row.GetInt64(3) }), ct);
        return new Catalogue([.. tables.Where(each => !IsBookkeeping(each.Table.Name)).Take(MostTables).Select(each => each.Table with
        {
            Columns = [.. columns[each.Id]],
            PrimaryKey = indexes[each.Id].FirstOrDefault(index => index.IsPrimary).Columns ?? [],
            Uniques = [.. indexes[each.Id].Where(index => index is { IsUnique: true, IsPrimary: false }).Select(index => new UniqueKey(index.Name, index.HasExpression ? ColumnsIn(index.Definition, columns[each.Id]) : index.Columns, index.HasExpression, index.IsPartial))],
            IndexedColumns = [.. indexes[each.Id].Where(index => index.First is not null && (!index.IsPartial || LeavesOutNull(index.Where, index.First))).Select(index => index.First!).Distinct(StringComparer.Ordinal)],
            ForeignKeys = [.. constraints[each.Id].Where(constraint => constraint.Kind == "f").Select(constraint => new ForeignKey(constraint.Name, constraint.Columns, constraint.Schema, constraint.Target, constraint.TargetColumns))],
            Checks = [.. constraints[each.Id].Where(constraint => constraint.Kind == "c").Select(constraint => constraint.Definition)],
        })]);
    }

    /// <summary>No row that refers to anything is left out of an index where the column that refers is not null.</summary>
    private static bool LeavesOutNull(string? where, string column) => where == $"({column} IS NOT NULL)" || where == $"({Sql.Quote(column)} IS NOT NULL)";

    private static bool IsBookkeeping(string table) =>
        Bookkeeping.Contains(table, StringComparer.OrdinalIgnoreCase) || (Driving.Names.Words(table) is var words && (words.Any(word => word is "migration" or "migrations") || words.Zip(words.Skip(1)).Any(pair => pair is ("schema", "version" or "versions" or "revision" or "revisions"))));

    /// <summary>Those that an expression's index speaks of.</summary>
    private static List<string> ColumnsIn(string definition, IEnumerable<Column> columns) =>
        [.. columns.Select(column => column.Name).Where(name => System.Text.RegularExpressions.Regex.IsMatch(definition[definition.IndexOf('(', StringComparison.Ordinal)..], $@"\b{System.Text.RegularExpressions.Regex.Escape(name)}\b"))];

    private static string? Text(NpgsqlDataReader row, int at) => row.IsDBNull(at) ? null : row.GetString(at);

    private static async Task<List<T>> RowsAsync<T>(NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> map, CancellationToken ct)
    {
        var rows = new List<T>();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) rows.Add(map(reader));
        return rows;
    }
}

using Npgsql;
using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Data;

/// <summary>
/// Fills the empty tables that a sign-up refers to, roles and plans for instance: a migration leaves them empty where a person is to fill them, and who is not signed up can't.
/// </summary>
internal static class LookupRows
{
    private static readonly string[] Naming = ["name", "title", "code", "slug", "label", "key"];

    /// <summary>The kinds of things that a body refers to: by its description, and by what refusals asked for.</summary>
    public static IEnumerable<string> KindsIn(ApiOperation operation, LearnedRules rules)
    {
        var described = operation.Body?.Content.Values.SelectMany(schema => schema.Properties).Select(property => Names.ReferenceOf(property.Key) ?? (property.Value.IsObject ? Names.KindOf(property.Key) : null)) ?? [];
        return described.Concat(rules.All.Where(rule => rule.Value.Required is true).Select(rule => Names.ReferenceOf(rule.Key[(rule.Key.LastIndexOf('/') + 1)..], rule.Key))).OfType<string>().Distinct(StringComparer.Ordinal);
    }

    /// <summary>What was put in, a sentence; null for nothing.</summary>
    public static async Task<string?> FillAsync(string connectionString, IReadOnlyCollection<string> kinds, CancellationToken ct)
    {
        if (kinds.Count == 0) return null;
        await using var connection = await Sql.OpenAsync(connectionString, ct);
        var done = new List<string>();
        foreach (var table in (await CatalogueReader.ReadAsync(connection, ct)).Tables.Where(table => table.PrimaryKey.Count == 1 && kinds.Contains(Names.KindOf(table.Name), StringComparer.Ordinal)))
            if (await FillAsync(connection, table, ct) is { } what) done.Add(what);
        return done.Count == 0 ? null : $"Nobody could sign up while what a sign-up refers to was missing, so it was put into the database: {string.Join(", ", done)}.";
    }

    private static async Task<string?> FillAsync(NpgsqlConnection connection, Table table, CancellationToken ct)
    {
        // Code that knows roles by their number has the administrators' first.
        string[] words = Names.KindOf(table.Name).EndsWith("role", StringComparison.Ordinal) ? ["admin", "user"] : ["standard"];
        await using var transaction = await connection.BeginTransactionAsync(ct);
        try
        {
            if (await Sql.ScalarAsync(connection, $"SELECT 1 FROM {table.Quoted} LIMIT 1", ct) is not null) return null;
            // A seed that failed has used numbers up.
            foreach (var sequence in table.Columns.Select(column => column.Sequence).OfType<string>()) await Sql.ExecuteAsync(connection, $"SELECT setval({Sql.Literal(sequence)}, 1, false)", ct);
            foreach (var word in words)
            {
                var given = table.Columns.Select(column => (column.Quoted, Value: ValueOf(table, column, word))).Where(each => each.Value is not null).ToList();
                if (given.Count == 0) return null;
                await Sql.ExecuteAsync(connection, $"INSERT INTO {table.Quoted} ({string.Join(", ", given.Select(each => each.Quoted))}) VALUES ({string.Join(", ", given.Select(each => each.Value))})", ct);
            }

            await transaction.CommitAsync(ct);
            return $"{string.Join(" and ", words.Select(word => $"'{word}'"))} in {table}";
        }
        catch (PostgresException)
        {
            // It wants more than can be told from here.
            return null;
        }
    }

    /// <summary>As SQL: of what a row must have, and what names it; null for every other column.</summary>
    private static string? ValueOf(Table table, Column column, string word)
    {
        var names = column.IsText && Naming.Contains(Names.Words(column.Name) is [.., var last] ? last : "", StringComparer.Ordinal);
        if (column.Generated || column.Sequence is not null || (!names && (column.Nullable || column.Default is not null))) return null;
        return column switch
        {
            { Labels: [_, ..] labels } => Sql.Literal(labels.FirstOrDefault(label => label.Equals(word, StringComparison.OrdinalIgnoreCase)) ?? labels[0]),
            { IsUuid: true } => "gen_random_uuid()",
            { IsText: true } => Sql.Literal(column.MaxLength < word.Length ? word[..column.MaxLength.Value] : word),
            { Category: 'N' } when table.PrimaryKey.Contains(column.Name, StringComparer.Ordinal) => $"(SELECT coalesce(max({column.Quoted}), 0) + 1 FROM {table.Quoted})",
            { Category: 'N' } => "1",
            { Category: 'B' } => "true",
            { Category: 'D' } => "now()",
            { Category: 'A' } => "'{}'",
            _ => null,
        };
    }
}

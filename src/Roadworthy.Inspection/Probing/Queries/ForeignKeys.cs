using System.Text.RegularExpressions;
using Npgsql;
using Roadworthy.Inspection.Data;
using Roadworthy.Inspection.Findings;
using Roadworthy.Wire;

namespace Roadworthy.Inspection.Probing.Queries;

/// <summary>RW255: foreign keys that no index begins with, from the catalogue; a plan shows what it comes to.</summary>
internal static class ForeignKeys
{
    public static async Task JudgeAsync(ProbeContext context, Catalogue catalogue, IReadOnlySet<string> written, CancellationToken ct)
    {
        var bare = catalogue.Tables.SelectMany(table => table.ForeignKeys.Where(key => !key.Columns.Any(column => table.IndexedColumns.Contains(column, StringComparer.Ordinal))).Select(key => (table, key))).ToList();
        if (bare.Count == 0)
        {
            if (catalogue.Tables.Any(table => table.ForeignKeys.Count > 0)) context.Results.Pass(QueryRules.UnindexedForeignKey, RuleResult.Everywhere, "Every foreign key has an index that begins with it.");
            else context.Results.Inconclusive(QueryRules.UnindexedForeignKey, RuleResult.Everywhere, "The database declares no foreign keys.");
            return;
        }

        await using var connection = await Sql.OpenAsync(context.Database, ct);
        var shapes = context.Wire.Shapes;
        foreach (var (table, key) in bare)
        {
            // Of what nobody adds to, and nobody looks for by it, the whole is as quickly read.
            var asked = shapes.FirstOrDefault(shape => shape.Kind is StatementKind.Read or StatementKind.Write && shape.Reads.Contains(table.Name, StringComparer.Ordinal) && IsSearched(shape.Text, key.Columns[0]));
            var verdict = written.Contains(table.Name) && (asked is not null || written.Contains(key.TargetTable)) ? Verdict.Fail : Verdict.Advisory;
            context.Results.Add(new Finding
            {
                Rule = QueryRules.UnindexedForeignKey.Id,
                Endpoint = RuleResult.Everywhere,
                Verdict = verdict,
                Fingerprint = $"{table}.{string.Join(",", key.Columns)}",
                Summary = $"No index begins with {table}.{string.Join(", ", key.Columns)}, which refers to {key.TargetTable}",
                Evidence = [await PlanAsync(context, connection, table, key, ct)],
                Recipe = QueryFindings.Recipe(QueryRules.UnindexedForeignKey, RuleResult.Everywhere),
                Remedy = $"CREATE INDEX CONCURRENTLY ON {table.Quoted} ({string.Join(", ", key.Columns.Select(Sql.Quote))});",
            });
        }
    }

    private static bool IsSearched(string sql, string column) =>
        Regex.IsMatch(sql, $"""\b"?{Regex.Escape(column)}"?\s*(?:=|\bin\b)|=\s*(?:"?\w+"?\.)?"?{Regex.Escape(column)}"?\b""", RegexOptions.IgnoreCase);

    /// <summary>On few rows any plan reads the whole: that it does so where it is told to do anything else shows that it can't.</summary>
    private static async Task<Evidence> PlanAsync(ProbeContext context, NpgsqlConnection connection, Table table, ForeignKey key, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await Sql.ExecuteAsync(connection, "SET LOCAL enable_seqscan = off", ct);
        var where = string.Join(" AND ", key.Columns.Select(column => $"{Sql.Quote(column)} = (SELECT {Sql.Quote(column)} FROM {table.Quoted} LIMIT 1)"));
        await using var command = new NpgsqlCommand($"EXPLAIN (COSTS OFF) SELECT 1 FROM {table.Quoted} WHERE {where}", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var lines = new List<string>();
        while (await reader.ReadAsync(ct)) lines.Add(context.Scrubber.Scrub(reader.GetString(0)));
        return new ComparisonEvidence($"The plan to find the rows of one {key.TargetTable}", [$"Index Scan on {table.Name}"], lines);
    }
}

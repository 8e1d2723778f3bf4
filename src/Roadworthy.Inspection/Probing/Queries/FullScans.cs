using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Npgsql;
using Roadworthy.Inspection.Data;
using Roadworthy.Inspection.Findings;
using Roadworthy.Wire;

namespace Roadworthy.Inspection.Probing.Queries;

/// <summary>RW256: statements that read the whole of a grown table to keep a few rows of it, also where the planner is told not to.</summary>
internal sealed partial class FullScans(ProbeContext context, Catalogue catalogue)
{
    private const int LeastRows = 200;
    private const int LeastTimes = 10;

    public async Task RunAsync(IReadOnlyList<Readings> all, CancellationToken ct)
    {
        await using var connection = await Sql.OpenAsync(context.Database, ct);
        foreach (var readings in all)
        {
            var found = false;
            foreach (var shape in readings.Last.Observation.Statements.Select(statement => statement.Shape).Where(shape => shape.Kind == StatementKind.Read && !shape.TakesLocks).Distinct().Take(10))
            {
                if (await ScanAsync(connection, shape, ct) is not { } scan) continue;
                found = true;
                context.Results.Add(new QueryFindings(context).Of(
                    QueryRules.FullScan, readings, Verdict.Advisory, $"No index helps to find rows of {scan.Table} by {scan.Filter}", QueryFindings.Fingerprint(shape),
                    [new ComparisonEvidence("The plan, with sequential scans discouraged", [$"Index Scan on {scan.Table}"], [$"Seq Scan on {scan.Table} ({scan.Rows} rows)", context.Scrubber.Scrub($"Filter: {scan.Filter}"), context.Scrubber.Scrub(shape.Text)])]));
            }

            if (!found) context.Results.Pass(QueryRules.FullScan, readings.Operation, "Each of its statements finds its rows by an index, or wants most of the table.");
        }
    }

    private async Task<Scan?> ScanAsync(NpgsqlConnection connection, StatementShape shape, CancellationToken ct)
    {
        if (!Select().IsMatch(shape.Sample)) return null;
        try
        {
            await using var transaction = await connection.BeginTransactionAsync(ct);
            await Sql.ExecuteAsync(connection, "SET LOCAL enable_seqscan = off; SET LOCAL plan_cache_mode = force_generic_plan; SET LOCAL transaction_read_only = on; SET LOCAL statement_timeout = '2s'", ct);
            var count = Parameter().Matches(shape.Sample).Select(match => int.Parse(match.ValueSpan[1..], CultureInfo.InvariantCulture)).DefaultIfEmpty(0).Max();
            var asked = shape.Sample;
            if (count > 0)
            {
                await using var prepare = new NpgsqlCommand($"DEALLOCATE ALL; PREPARE roadworthy_plan AS {shape.Sample}", connection) { AllResultTypesAreUnknown = true };
                await prepare.ExecuteNonQueryAsync(ct);
                asked = $"EXECUTE roadworthy_plan({string.Join(", ", Enumerable.Repeat("NULL", count))})";
            }

            var plan = (await Sql.ScalarAsync(connection, $"EXPLAIN (FORMAT JSON) {asked}", ct))?.ToString();
            if (plan is null) return null;
            using var document = JsonDocument.Parse(plan);
            return Find(document.RootElement[0].GetProperty("Plan"));
        }
        catch (PostgresException)
        {
            // Cut off, or of types that only the driver knew.
            return null;
        }
    }

    private Scan? Find(JsonElement node)
    {
        if (node.GetProperty("Node Type").GetString() is "Seq Scan" && node.TryGetProperty("Filter", out var filter))
        {
            var table = catalogue.Tables.FirstOrDefault(each => each.Name == node.GetProperty("Relation Name").GetString());
            if (table is not null && table.EstimatedRows >= LeastRows && !IsForeignKey(table, filter.GetString()!)
                && node.GetProperty("Plan Rows").GetDouble() * LeastTimes <= table.EstimatedRows) return new Scan(table.ToString(), filter.GetString()!, table.EstimatedRows);
        }

        if (!node.TryGetProperty("Plans", out var plans)) return null;
        return plans.EnumerateArray().Select(Find).FirstOrDefault(found => found is not null);
    }

    /// <summary>That one without an index is a finding of its own.</summary>
    private static bool IsForeignKey(Table table, string filter) =>
        table.ForeignKeys.Any(key => key.Columns.Count == 1 && !table.IndexedColumns.Contains(key.Columns[0], StringComparer.Ordinal) && filter.Contains(key.Columns[0], StringComparison.Ordinal));

    [GeneratedRegex(@"\$\d+")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"^\s*(?:select|with)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Select();

    private sealed record Scan(string Table, string Filter, long Rows);
}

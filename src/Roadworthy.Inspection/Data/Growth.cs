using Npgsql;

namespace Roadworthy.Inspection.Data;

/// <summary>
/// Grows a database from the rows that are there: copies them, varies what must be unique, and leaves owners as they were. What the
/// application itself has made stays, and is what is copied.
/// </summary>
internal static class Growth
{
    private const int MostTemplates = 20;

    /// <summary>Grows all tables that hold something.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="target">How far.</param>
    /// <param name="ct">Gives up; what was done until then stays.</param>
    /// <returns>Each table, in the order in which they were grown.</returns>
    public static async Task<IReadOnlyList<GrownTable>> GrowAsync(string connectionString, GrowthTarget target, CancellationToken ct)
    {
        await using var connection = await Sql.OpenAsync(connectionString, ct);
        var catalogue = await CatalogueReader.ReadAsync(connection, ct);
        var done = new List<GrownTable>();
        foreach (var table in GrowthOrder.Of(catalogue).Where(target.Includes))
            done.Add(await GrowAsync(connection, catalogue, table, target, ct));
        await Sql.ExecuteAsync(connection, "ANALYZE", ct);
        return done;
    }

    private static async Task<GrownTable> GrowAsync(NpgsqlConnection connection, Catalogue catalogue, Table table, GrowthTarget target, CancellationToken ct)
    {
        var before = await CountAsync(connection, table, ct);
        if (before == 0) return new GrownTable(table, 0, 0, "It is empty: nothing can be copied. No request has made such a row.");
        if (before >= target.MostRows) return new GrownTable(table, before, before, null);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        try
        {
            await Sql.ExecuteAsync(connection, $"CREATE TEMP TABLE roadworthy_templates ON COMMIT DROP AS SELECT * FROM {table.Quoted} LIMIT {MostTemplates}", ct);
            var statement = new GrowthStatement(catalogue, table, before);
            await Sql.ExecuteAsync(connection, statement.Parent is null ? statement.ForRoot(target) : statement.ForChildren(target), ct);
            foreach (var move in statement.MoveSequences()) await Sql.ExecuteAsync(connection, move, ct);
            await transaction.CommitAsync(ct);
        }
        catch (PostgresException e)
        {
            await transaction.RollbackAsync(ct);
            return new GrownTable(table, before, before, $"{e.MessageText} ({e.SqlState}{(e.ConstraintName is { } name ? $", {name}" : "")})");
        }
        catch (GrowthException e)
        {
            await transaction.RollbackAsync(ct);
            return new GrownTable(table, before, before, e.Message);
        }

        var after = await CountAsync(connection, table, ct);
        return new GrownTable(table, before, after, after == before ? "Every copy met a row that is there already." : null);
    }

    private static async Task<long> CountAsync(NpgsqlConnection connection, Table table, CancellationToken ct) => (long)(await Sql.ScalarAsync(connection, $"SELECT count(*) FROM {table.Quoted}", ct))!;
}

/// <summary>A table can't be grown, for a reason that is seen before it is tried.</summary>
internal sealed class GrowthException(string message) : Exception(message);

/// <summary>How far a database is grown.</summary>
internal sealed record GrowthTarget
{
    /// <summary>Rows of each table that hangs under nothing, and children of each parent that was there before. Default: 50.</summary>
    public int Rows { get; init; } = 50;

    /// <summary>Children of each other parent. Default: 5.</summary>
    public int Children { get; init; } = 5;

    /// <summary>Of a table, whatever the two above would make. Default: 50,000.</summary>
    public int MostRows { get; init; } = 50_000;

    /// <summary>The tables to grow, as <see cref="Table.ToString"/> names them. Default: empty, all.</summary>
    public IReadOnlySet<string> Only { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    public bool Includes(Table table) => Only.Count == 0 || Only.Contains(table.ToString());
}

/// <param name="Reason">Why it did not grow; null where it did, or was large enough.</param>
internal sealed record GrownTable(Table Table, long Before, long After, string? Reason);

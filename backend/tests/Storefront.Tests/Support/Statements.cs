using System.Globalization;
using Npgsql;

namespace Storefront.Tests.Support;

/// <summary>How many statements PostgreSQL itself has counted (pg_stat_statements) in one database.</summary>
internal static class Statements
{
    // The sign of life that the listener for ended sessions asks for is nobody's request; and where it comes late, as on a busy machine, each request
    // looks at its session's row, which is no cost of what is measured. A statement that was prepared before the counts were forgotten keeps its literals.
    private const string Own =
        "dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND query NOT IN ('SELECT $1', 'SELECT 1') AND query NOT LIKE 'SELECT revoked_at IS NULL%'";

    /// <summary>
    /// What one request costs once caches are warm. The least of a few, because the backend's own background work may fall
    /// into the time of one.
    /// </summary>
    public static async Task<StatementCost> CountStatementsAsync(this StorefrontHost host, Func<Task> request)
    {
        for (var warm = 0; warm < 2; warm++) await request();
        StatementCost? least = null;
        for (var measured = 0; measured < 3; measured++)
        {
            await RunAsync(host, $"SELECT pg_stat_statements_reset(0, (SELECT oid FROM pg_database WHERE datname = current_database()), 0)::text");
            await request();
            var counted = (string[])await RunAsync(
                host, $"SELECT coalesce(array_agg(calls || ' x ' || query), '{{}}') FROM pg_stat_statements WHERE {Own} AND query NOT LIKE '%pg_stat_statements%'");
            var cost = new StatementCost(counted);
            if (least is null || cost.Calls < least.Calls) least = cost;
        }

        return least!;
    }

    // Loading the types of a new connection would be counted too.
    private static async Task<object> RunAsync(StorefrontHost host, string sql)
    {
        await using var source = NpgsqlDataSource.Create(host.ConnectionString + ";Pooling=false;Server Compatibility Mode=NoTypeLoading");
        await using var command = source.CreateCommand(sql);
        return (await command.ExecuteScalarAsync())!;
    }
}

/// <summary>The statements that PostgreSQL has counted, each as <c>3 x SELECT …</c>.</summary>
internal sealed record StatementCost(IReadOnlyList<string> Statements)
{
    public long Calls { get; } = Statements.Sum(statement => long.Parse(statement[..statement.IndexOf(' ', StringComparison.Ordinal)], CultureInfo.InvariantCulture));

    public override string ToString() => $"{Calls} statements:\n{string.Join('\n', Statements)}";
}

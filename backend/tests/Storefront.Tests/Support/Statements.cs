using Npgsql;

namespace Storefront.Tests.Support;

/// <summary>How many statements PostgreSQL itself has counted (pg_stat_statements) in one database.</summary>
internal static class Statements
{
    // The sign of life that the listener for ended sessions asks for is nobody's request; and where it comes late, as on a busy machine, each request
    // looks at its session's row, which is no cost of what is measured.
    private const string Own =
        "dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND query <> 'SELECT $1' AND query NOT LIKE 'SELECT revoked_at IS NULL%'";

    /// <summary>
    /// What one request costs once caches are warm. The least of a few, because the backend's own background work may fall
    /// into the time of one.
    /// </summary>
    public static async Task<long> CountStatementsAsync(this StorefrontHost host, Func<Task> request)
    {
        for (var warm = 0; warm < 2; warm++) await request();
        var least = long.MaxValue;
        for (var measured = 0; measured < 3; measured++)
        {
            await RunAsync(host, $"SELECT pg_stat_statements_reset(0, (SELECT oid FROM pg_database WHERE datname = current_database()), 0)::text");
            await request();
            var calls = await RunAsync(host, $"SELECT coalesce(sum(calls), 0)::bigint FROM pg_stat_statements WHERE {Own} AND query NOT LIKE '%pg_stat_statements%'");
            least = Math.Min(least, (long)calls);
        }

        return least;
    }

    // Loading the types of a new connection would be counted too.
    private static async Task<object> RunAsync(StorefrontHost host, string sql)
    {
        await using var source = NpgsqlDataSource.Create(host.ConnectionString + ";Pooling=false;Server Compatibility Mode=NoTypeLoading");
        await using var command = source.CreateCommand(sql);
        return (await command.ExecuteScalarAsync())!;
    }
}

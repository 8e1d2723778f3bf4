namespace FirstDraft.Tests.Support;

/// <summary>What PostgreSQL itself has counted (pg_stat_statements) in an instance's database.</summary>
internal static class Statements
{
    // Npgsql resets a connection that was given back before it is used again: that is no statement of the application's.
    private const string Own =
        "dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND query NOT LIKE '%pg_stat_statements%' AND query <> 'DISCARD ALL'";

    /// <summary>How many statements one request costs, once caches are warm.</summary>
    /// <param name="instance">Runs nothing else.</param>
    /// <param name="request">Is sent twice.</param>
    /// <param name="like">Only statements of this form.</param>
    public static async Task<long> CountAsync(Instance instance, Func<Task> request, string like = "%")
    {
        await request();
        await Sql.ScalarAsync<string>(
            instance.Database, "SELECT pg_stat_statements_reset(0, (SELECT oid FROM pg_database WHERE datname = current_database()), 0)::text");
        await request();
        return await Sql.ScalarAsync<long>(instance.Database, $"SELECT coalesce(sum(calls), 0)::bigint FROM pg_stat_statements WHERE {Own} AND query ILIKE $1", like);
    }
}

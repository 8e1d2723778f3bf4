using Npgsql;
using Roadworthy.Postgres;
using Roadworthy.Testing;

namespace Roadworthy.Backend.Benchmarks.Measuring;

/// <summary>A site as a process of its own, on a PostgreSQL server of its own: what either uses is nobody else's.</summary>
internal sealed class MeasuredSite : IAsyncDisposable
{
    private readonly PostgresServer _postgres;
    private readonly ServerProcess _site;
    private readonly NpgsqlDataSource _source;

    private MeasuredSite(PostgresServer postgres, ServerProcess site, NpgsqlDataSource source, HttpClient client) =>
        (_postgres, _site, _source, Client) = (postgres, site, source, client);

    public HttpClient Client { get; }

    public static async Task<MeasuredSite> StartAsync(string site)
    {
        var postgres = await PostgresServer.StartAsync(new()
        {
            Settings = { ["shared_preload_libraries"] = "pg_stat_statements", ["pg_stat_statements.track"] = "top" },
            Progress = Console.Error.WriteLine,
        });
        await postgres.CreateDatabaseAsync("bench");
        var connection = postgres.GetConnectionString("bench");
        var source = NpgsqlDataSource.Create(postgres.GetConnectionString());
        await using (var extension = source.CreateCommand("CREATE EXTENSION pg_stat_statements")) await extension.ExecuteNonQueryAsync();
        var process = ServerProcess.Start(Environment.ProcessPath!, ["serve", site, connection]);
        var address = await process.WaitForOutputAsync(@"listening on: (http://\S+)");
        return new(postgres, process, source, new() { BaseAddress = new(address.Groups[1].Value) });
    }

    /// <summary>Does something, and says what it took of either process.</summary>
    public async Task<Cost> MeasureAsync(int requests, Func<Task> work)
    {
        await using (var reset = _source.CreateCommand("SELECT pg_stat_statements_reset()::text")) await reset.ExecuteNonQueryAsync();
        var (site, postgres, since) = (Cpu.Of(_site.Id), Cpu.OfFamily(_postgres.ProcessId), System.Diagnostics.Stopwatch.GetTimestamp());
        await work();
        var elapsed = System.Diagnostics.Stopwatch.GetElapsedTime(since);
        var (siteAfter, postgresAfter) = (Cpu.Of(_site.Id), Cpu.OfFamily(_postgres.ProcessId));
        await using var count = _source.CreateCommand("SELECT coalesce(sum(calls), 0)::float8 FROM pg_stat_statements WHERE dbid = (SELECT oid FROM pg_database WHERE datname = 'bench')");
        var statements = (double)(await count.ExecuteScalarAsync())!;
        return new((siteAfter - site) / requests, (postgresAfter - postgres) / requests, statements / requests, elapsed / requests);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _site.DisposeAsync();
        await _source.DisposeAsync();
        await _postgres.DisposeAsync();
    }
}

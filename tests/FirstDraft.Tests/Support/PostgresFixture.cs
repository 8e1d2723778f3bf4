using FirstDraft.Tests.Support;
using Roadworthy.Postgres;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace FirstDraft.Tests.Support;

/// <summary>One throwaway server for all instances; each has a database of its own, which it migrates itself.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private PostgresServer? _server;

    public PostgresServer Server => _server!;

    public async ValueTask InitializeAsync() => _server = await PostgresServer.StartAsync(new PostgresServerOptions
    {
        Settings =
        {
            ["shared_preload_libraries"] = "pg_stat_statements",
            ["pg_stat_statements.track"] = "top",
            ["max_connections"] = "300",
        },
    });

    /// <returns>A connection string to a new database.</returns>
    public async Task<string> NewDatabaseAsync()
    {
        var name = $"draft_{Guid.NewGuid():N}";
        await Server.CreateDatabaseAsync(name);
        var connection = Server.GetConnectionString(name);
        await Sql.ExecuteAsync(connection, "CREATE EXTENSION pg_stat_statements");
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
    }
}

using Npgsql;
using Roadworthy.Postgres;
using Roadworthy.Queries.Tests.Support;

[assembly: AssemblyFixture(typeof(Shop))]

namespace Roadworthy.Queries.Tests.Support;

/// <summary>One throwaway PostgreSQL with forty users of three orders each.</summary>
public sealed class Shop : IAsyncLifetime
{
    private PostgresServer? _server;

    public string ConnectionString { get; private set; } = "";

    /// <summary>Tells of values.</summary>
    public NpgsqlDataSource Source { get; private set; } = null!;

    /// <summary>Does not.</summary>
    public NpgsqlDataSource PlainSource { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await PostgresServer.StartAsync(new PostgresServerOptions { Settings = { ["max_connections"] = "200" } });
        await _server.CreateDatabaseAsync("shop");
        ConnectionString = _server.GetConnectionString("shop");
        Source = new NpgsqlDataSourceBuilder(ConnectionString).UseRoadworthyQueries().Build();
        PlainSource = NpgsqlDataSource.Create(ConnectionString + ";Application Name=plain");
        await using var tables = Source.CreateCommand("""
            CREATE TABLE users (id int PRIMARY KEY, name text NOT NULL);
            CREATE TABLE orders (id int PRIMARY KEY, user_id int NOT NULL REFERENCES users, total int NOT NULL);
            CREATE TABLE visits (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, page text NOT NULL);
            INSERT INTO users SELECT n, 'user ' || n FROM generate_series(1, 40) n;
            INSERT INTO orders SELECT n, (n - 1) / 3 + 1, n FROM generate_series(1, 120) n;
            """);
        await tables.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (Source is not null) await Source.DisposeAsync();
        if (PlainSource is not null) await PlainSource.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
    }
}

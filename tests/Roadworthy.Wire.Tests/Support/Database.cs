using Npgsql;
using Roadworthy.Postgres;

namespace Roadworthy.Wire.Tests.Support;

/// <summary>One throwaway PostgreSQL, and databases in it.</summary>
public sealed class Database : IAsyncLifetime
{
    private PostgresServer? _server;

    public PostgresServer Server => _server!;

    public async ValueTask InitializeAsync() =>
        _server = await PostgresServer.StartAsync(new() { Settings = { ["max_connections"] = "300", ["wal_level"] = "logical" } });

    /// <summary>A new database with the tables that the tests write to.</summary>
    public async Task<string> CreateAsync()
    {
        var name = $"wire_{Guid.NewGuid():N}";
        await Server.CreateDatabaseAsync(name);
        var connectionString = Server.GetConnectionString(name);
        await using var source = NpgsqlDataSource.Create(connectionString + ";Pooling=false");
        await using var command = source.CreateCommand(
            """
            CREATE TABLE parents (id int PRIMARY KEY);
            CREATE TABLE items (id int PRIMARY KEY, name text NOT NULL DEFAULT '', parent int REFERENCES parents DEFERRABLE INITIALLY DEFERRED);
            """);
        await command.ExecuteNonQueryAsync();
        return connectionString;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
    }
}

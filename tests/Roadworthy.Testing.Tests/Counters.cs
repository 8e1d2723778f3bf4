using Npgsql;
using Roadworthy.Postgres;
using Roadworthy.Testing.Tests;

[assembly: AssemblyFixture(typeof(Counters))]

namespace Roadworthy.Testing.Tests;

/// <summary>A PostgreSQL with counters, which are counted up well and badly.</summary>
public sealed class Counters : IAsyncLifetime
{
    private PostgresServer? _server;

    public string ConnectionString { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        _server = await PostgresServer.StartAsync(new PostgresServerOptions());
        await _server.CreateDatabaseAsync("counters");
        ConnectionString = _server.GetConnectionString("counters");
        await ScalarAsync(ConnectionString, "CREATE TABLE counters (id uuid PRIMARY KEY, value int NOT NULL); SELECT 1");
    }

    public async Task<Guid> NewAsync()
    {
        var id = Guid.NewGuid();
        await ScalarAsync(ConnectionString, "INSERT INTO counters VALUES ($1, 0)", id);
        return id;
    }

    public async Task<int> ValueAsync(Guid id) => (int)(await ScalarAsync(ConnectionString, "SELECT value FROM counters WHERE id = $1", id))!;

    /// <summary>Until somebody's statement waits for a lock.</summary>
    public async Task WaitingAsync(string like)
    {
        var deadline = Environment.TickCount64 + 20_000;
        while ((long)(await ScalarAsync(ConnectionString, "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE $1", like))! == 0)
            Assert.True(Environment.TickCount64 < deadline, $"Nobody waits with '{like}'.");
    }

    /// <summary>Reads, and then writes what it has read: an update can get lost.</summary>
    public static async Task<int> CountBadlyAsync(string connection, Guid id)
    {
        var value = (int)(await ScalarAsync(connection, "SELECT value FROM counters WHERE id = $1", id))!;
        return (int)(await ScalarAsync(connection, "UPDATE counters SET value = $2 WHERE id = $1 RETURNING value", id, value + 1))!;
    }

    /// <summary>Takes the row before it reads.</summary>
    public static async Task<int> CountUnderLockAsync(string connection, Guid id)
    {
        await using var own = new NpgsqlConnection(connection);
        await own.OpenAsync();
        await using var transaction = await own.BeginTransactionAsync();
        var value = (int)(await ScalarAsync(own, "SELECT value FROM counters WHERE id = $1 FOR UPDATE", id))!;
        var next = (int)(await ScalarAsync(own, "UPDATE counters SET value = $2 WHERE id = $1 RETURNING value", id, value + 1))!;
        await transaction.CommitAsync();
        return next;
    }

    public static async Task<object?> ScalarAsync(string connection, string sql, params object[] values)
    {
        await using var own = new NpgsqlConnection(connection);
        await own.OpenAsync();
        return await ScalarAsync(own, sql, values);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.AddWithValue(value);
        return await command.ExecuteScalarAsync();
    }
}

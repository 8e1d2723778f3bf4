using Npgsql;
using Roadworthy.Inspection.Tests.Support;
using Roadworthy.Postgres;

[assembly: AssemblyFixture(typeof(Database))]

namespace Roadworthy.Inspection.Tests.Support;

/// <summary>A PostgreSQL for all tests; each takes a database of its own.</summary>
public sealed class Database : IAsyncLifetime
{
    private PostgresServer? _server;
    private int _count;

    public async ValueTask InitializeAsync() => _server = await PostgresServer.StartAsync();

    public async Task<string> NewAsync()
    {
        var name = $"inspected_{Interlocked.Increment(ref _count)}";
        await _server!.CreateDatabaseAsync(name);
        return _server.GetConnectionString(name);
    }

    public static async Task<object?> ScalarAsync(string connection, string sql)
    {
        await using var own = new NpgsqlConnection(connection + ";Pooling=false");
        await own.OpenAsync();
        await using var command = new NpgsqlCommand(sql, own);
        return await command.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
    }
}

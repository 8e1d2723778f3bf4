using Npgsql;
using Roadworthy.Idempotency.Tests.Support;
using Roadworthy.Postgres;

[assembly: AssemblyFixture(typeof(KeysServer))]

namespace Roadworthy.Idempotency.Tests.Support;

/// <summary>One throwaway PostgreSQL with a table of payments and the table of keys, cloned by whoever needs a database.</summary>
public sealed class KeysServer : IAsyncLifetime
{
    private PostgresServer? _server;
    private TemplateDatabase? _template;

    public PostgresServer Server => _server!;

    public async ValueTask InitializeAsync()
    {
        _server = await PostgresServer.StartAsync(new PostgresServerOptions { Settings = { ["max_connections"] = "300" } });
        _template = await TemplateDatabase.CreateAsync(_server, "keys", async (connection, cancel) =>
        {
            await using var source = NpgsqlDataSource.Create(connection + ";Pooling=false");
            await IdempotencySchema.ApplyAsync(source, cancel);
            await using var payments = source.CreateCommand("CREATE TABLE payments (id uuid PRIMARY KEY, amount int NOT NULL); CREATE SEQUENCE runs");
            await payments.ExecuteNonQueryAsync(cancel);
        });
    }

    public Task<ClonedDatabase> CloneAsync() => _template!.CloneAsync();

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
    }
}

using Microsoft.Extensions.Logging.Abstractions;
using Roadworthy.Postgres;
using Storefront.Data;
using Storefront.Tests.Support;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace Storefront.Tests.Support;

/// <summary>One throwaway server for all tests, with a migrated template that each test class clones.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private PostgresServer? _server;
    private TemplateDatabase? _template;

    public PostgresServer Server => _server!;

    public async ValueTask InitializeAsync()
    {
        _server = await PostgresServer.StartAsync(new PostgresServerOptions
        {
            Settings =
            {
                ["shared_preload_libraries"] = "pg_stat_statements",
                ["pg_stat_statements.track"] = "top",
                ["max_connections"] = "500",
                ["pg_stat_statements.max"] = "50000",
            },
        });
        _template = await TemplateDatabase.CreateAsync(_server, "storefront", async (connection, cancel) =>
        {
            await Migrator.MigrateAsync(connection, NullLogger.Instance, cancel);
            await Sql.ExecuteAsync(connection, "CREATE EXTENSION pg_stat_statements");
        });
    }

    public Task<ClonedDatabase> CloneAsync() => _template!.CloneAsync();

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
    }
}

using Npgsql;
using Roadworthy.Postgres;
using Roadworthy.Schema;
using Roadworthy.Sessions.Tests.Support;

[assembly: AssemblyFixture(typeof(SessionsServer))]

namespace Roadworthy.Sessions.Tests.Support;

/// <summary>One throwaway PostgreSQL with users of an application's own and the tables of sessions, cloned by whoever needs a database.</summary>
public sealed class SessionsServer : IAsyncLifetime
{
    private PostgresServer? _server;
    private TemplateDatabase? _template;

    public PostgresServer Server => _server!;

    public async ValueTask InitializeAsync()
    {
        _server = await PostgresServer.StartAsync(new PostgresServerOptions
        {
            Settings = { ["shared_preload_libraries"] = "pg_stat_statements", ["pg_stat_statements.track"] = "top", ["max_connections"] = "300" },
        });
        _template = await TemplateDatabase.CreateAsync(_server, "sessions", PrepareAsync);
    }

    /// <summary>Makes users of an application's own, and the tables of sessions.</summary>
    public static async Task PrepareAsync(string connection, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(connection + ";Pooling=false");
        var scripts = GuardSchema.Embedded(typeof(SessionsOptions).Assembly, "Schema/");
        await new GuardSchema("sessions", [.. scripts.Select(script => script.Replace("{user_id_type}", "uuid", StringComparison.Ordinal))]).ApplyAsync(source, cancellationToken);
        await using var users = source.CreateCommand(
            """
            CREATE TABLE people (id uuid PRIMARY KEY, closed boolean DEFAULT false, stamp text, role text NOT NULL DEFAULT 'user');
            CREATE VIEW roadworthy.session_users AS
              SELECT id, closed AS disabled, stamp, jsonb_build_object('role', role) AS claims FROM people;
            CREATE EXTENSION pg_stat_statements;
            """);
        await users.ExecuteNonQueryAsync(cancellationToken);
    }

    public Task<ClonedDatabase> CloneAsync() => _template!.CloneAsync();

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
    }
}

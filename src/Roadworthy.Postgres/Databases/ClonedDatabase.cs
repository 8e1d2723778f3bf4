using Npgsql;
using Roadworthy.Postgres.Databases;

namespace Roadworthy.Postgres;

/// <summary>A copy of a <see cref="TemplateDatabase"/>, for one worker or one test; dropped when disposed.</summary>
public sealed class ClonedDatabase : IAsyncDisposable
{
    private readonly PostgresServer _server;

    internal ClonedDatabase(PostgresServer server, string name)
    {
        (_server, Name) = (server, name);
        ConnectionString = server.GetConnectionString(name);
    }

    /// <summary>The database's name, unique on its server.</summary>
    public string Name { get; }

    /// <summary>A connection string to it.</summary>
    public string ConnectionString { get; }

    /// <summary>Drops the database, even while connections to it are open. Does nothing once the server was stopped.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_server.IsStopped) return;
        await Maintenance.ForgetAsync(ConnectionString).ConfigureAwait(false);
        await Maintenance.ExecuteAsync(_server,
            $"DROP DATABASE IF EXISTS {Maintenance.Quote(Name)} WITH (FORCE)", CancellationToken.None).ConfigureAwait(false);
    }
}

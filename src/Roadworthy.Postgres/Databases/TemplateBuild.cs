using Npgsql;

namespace Roadworthy.Postgres.Databases;

/// <summary>Migrates under another name and renames when done: a template that is there is a whole one.</summary>
internal static class TemplateBuild
{
    public static async Task RunAsync(PostgresServer server, string name, Func<string, CancellationToken, Task> migrate, CancellationToken ct)
    {
        var connection = await Maintenance.ConnectAsync(server, pooled: false, ct).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            // Two processes that want the same template: the second waits until this connection closes, then finds it.
            var literal = name.Replace("'", "''", StringComparison.Ordinal);
            // However long the first one migrates.
            var wait = new NpgsqlCommand($"SELECT pg_advisory_lock(hashtextextended('{literal}', 0))", connection) { CommandTimeout = 0 };
            await using (wait.ConfigureAwait(false)) await wait.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
            if (!await Maintenance.ExistsAsync(connection, name, ct).ConfigureAwait(false))
                await BuildAsync(server, connection, name, migrate, ct).ConfigureAwait(false);
        }
    }

    private static async Task BuildAsync(
        PostgresServer server, NpgsqlConnection connection, string name, Func<string, CancellationToken, Task> migrate, CancellationToken ct)
    {
        var draft = name + "_draft";
        var (quotedDraft, quotedName) = (Maintenance.Quote(draft), Maintenance.Quote(name));
        await Maintenance.ExecuteAsync(connection, $"DROP DATABASE IF EXISTS {quotedDraft} WITH (FORCE)", ct).ConfigureAwait(false);
        await Maintenance.ExecuteAsync(connection,
            $"CREATE DATABASE {quotedDraft} ENCODING 'UTF8' TEMPLATE template0", ct).ConfigureAwait(false);
        try
        {
            await migrate(server.GetConnectionString(draft), ct).ConfigureAwait(false);
            await CloseAsync(server, connection, draft, ct).ConfigureAwait(false);
            await Maintenance.ExecuteAsync(connection, $"ALTER DATABASE {quotedDraft} RENAME TO {quotedName}", ct).ConfigureAwait(false);
        }
        catch
        {
            await Maintenance.ForgetAsync(server.GetConnectionString(draft)).ConfigureAwait(false);
            await Maintenance.ExecuteAsync(connection, $"DROP DATABASE IF EXISTS {quotedDraft} WITH (FORCE)", CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>No pooled connection may stay on a template, and none may come back: a copy waits for them in vain.</summary>
    private static async Task CloseAsync(PostgresServer server, NpgsqlConnection connection, string draft, CancellationToken ct)
    {
        await Maintenance.ForgetAsync(server.GetConnectionString(draft)).ConfigureAwait(false);
        await Maintenance.ExecuteAsync(connection,
            $"ALTER DATABASE {Maintenance.Quote(draft)} WITH ALLOW_CONNECTIONS false", ct).ConfigureAwait(false);
        const string EndOthers = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1";
        var others = new NpgsqlCommand(EndOthers, connection) { Parameters = { new() { Value = draft } } };
        await using (others.ConfigureAwait(false)) await others.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
    }
}

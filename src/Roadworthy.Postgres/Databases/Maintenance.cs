using Npgsql;

namespace Roadworthy.Postgres.Databases;

/// <summary>Statements about databases, from a connection of their own to the database postgres.</summary>
internal static class Maintenance
{
    public static async Task<NpgsqlConnection> ConnectAsync(PostgresServer server, bool pooled, CancellationToken ct)
    {
        var connection = new NpgsqlConnection(server.GetConnectionString() + (pooled ? "" : ";Pooling=false"));
        try
        {
            await connection.OpenAsync(ct).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        var command = new NpgsqlCommand(sql, connection);
        await using (command.ConfigureAwait(false))
            await command.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
    }

    public static async Task ExecuteAsync(PostgresServer server, string sql, CancellationToken ct)
    {
        var connection = await ConnectAsync(server, pooled: true, ct).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
            await ExecuteAsync(connection, sql, ct).ConfigureAwait(false);
    }

    public static async Task<bool> ExistsAsync(NpgsqlConnection connection, string name, CancellationToken ct)
    {
        var command = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = $1", connection) { Parameters = { new() { Value = name } } };
        await using (command.ConfigureAwait(false))
            return await command.ExecuteScalarAsync(ct).ConfigureAwait(false) is not null;
    }

    public static async Task<bool> TryCreateAsync(PostgresServer server, string name, string options, CancellationToken ct)
    {
        try
        {
            await ExecuteAsync(server, $"CREATE DATABASE {Quote(name)} {options}", ct).ConfigureAwait(false);
            return true;
        }
        catch (PostgresException e) when (IsThere(e))
        {
            return false;
        }
    }

    // The second, when another connection creates it in this very moment.
    private static bool IsThere(PostgresException e) =>
        e.SqlState is PostgresErrorCodes.DuplicateDatabase
        || (e.SqlState is PostgresErrorCodes.UniqueViolation && e.ConstraintName is "pg_database_datname_index");

    /// <summary>Forgets connections that a stop or a crash of the server broke.</summary>
    public static async Task ForgetAsync(string connectionString)
    {
        var connection = new NpgsqlConnection(connectionString);
        await using (connection.ConfigureAwait(false)) NpgsqlConnection.ClearPool(connection);
    }

    public static string Quote(string identifier) => $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

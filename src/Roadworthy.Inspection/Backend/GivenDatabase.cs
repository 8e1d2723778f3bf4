using Npgsql;

namespace Roadworthy.Inspection.Backend;

/// <summary>A database that the user names. An inspection makes up data, changes it and deletes it: it takes one only where it is said to be disposable.</summary>
internal static class GivenDatabase
{
    /// <summary>As Npgsql takes it.</summary>
    /// <param name="text">A connection string, or an address such as <c>postgres://user:password@localhost:5432/shop</c>.</param>
    /// <param name="isDisposable">Whether the user says so.</param>
    /// <exception cref="InspectionException">It can't be read, lies elsewhere, or was not said to be disposable.</exception>
    public static string Require(string text, bool isDisposable)
    {
        var parts = Parse(text);
        if (!Driving.Loopback.IsOwn(parts.Host ?? ""))
            throw new InspectionException($"The database's host '{parts.Host}' is not this machine. Only a database on loopback is used, such as localhost or 127.0.0.1: the inspection fills it and breaks it.");
        if (string.IsNullOrEmpty(parts.Database)) throw new InspectionException("The database has no name. Say which one: postgres://user:password@localhost:5432/NAME.");
        if (!isDisposable)
            throw new InspectionException($"The inspection makes up, changes and deletes data in '{parts.Database}'. Say --database-is-disposable if nothing in it is needed any more, or leave --database out: it then starts a PostgreSQL of its own.");
        return parts.ConnectionString;
    }

    /// <summary>Asks it who it is.</summary>
    /// <exception cref="InspectionException">It can't be reached.</exception>
    public static async Task<string> VersionAsync(string text, CancellationToken ct)
    {
        var parts = Parse(text);
        try
        {
            await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(parts.ConnectionString) { Pooling = false, Timeout = 10 }.ConnectionString);
            await connection.OpenAsync(ct);
            return $"PostgreSQL {connection.PostgreSqlVersion}, given";
        }
        catch (NpgsqlException e)
        {
            throw new InspectionException($"The database '{parts.Database}' at {parts.Host}:{parts.Port} can't be opened: {e.Message} Check --database.", e);
        }
    }

    /// <summary>Asks it whether what the trials do can be taken back: constraints and triggers are switched off for that.</summary>
    /// <exception cref="InspectionException">Its account may not.</exception>
    public static async Task RequireRestorableAsync(string text, CancellationToken ct)
    {
        var parts = Parse(text);
        try
        {
            await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(parts.ConnectionString) { Pooling = false }.ConnectionString);
            await connection.OpenAsync(ct);
            await using var command = new NpgsqlCommand("SET session_replication_role = replica", connection);
            await command.ExecuteNonQueryAsync(ct);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new InspectionException(
                $"The account '{parts.Username}' may not switch off constraints, so what is tried in '{parts.Database}' could not be taken back. Give --database a superuser's account, or GRANT SET ON PARAMETER session_replication_role TO it (PostgreSQL 15 and later), or leave --database out: the inspection then starts a PostgreSQL of its own.", e);
        }
    }

    private static NpgsqlConnectionStringBuilder Parse(string text)
    {
        try
        {
            if (!text.Contains("://", StringComparison.Ordinal)) return new NpgsqlConnectionStringBuilder(text);
            var address = new Uri(text);
            var user = address.UserInfo.Split(':', 2);
            return new NpgsqlConnectionStringBuilder
            {
                Host = address.Host.Trim('[', ']'),
                Port = address.Port > 0 ? address.Port : 5432,
                Database = Uri.UnescapeDataString(address.AbsolutePath.TrimStart('/')),
                Username = Uri.UnescapeDataString(user[0]),
                Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
            };
        }
        catch (Exception e) when (e is ArgumentException or UriFormatException or FormatException)
        {
            // Its text may hold a password.
            throw new InspectionException("--database can't be read. Give a connection string (Host=localhost;Database=shop;Username=...) or an address (postgres://user:password@localhost:5432/shop).", e);
        }
    }
}

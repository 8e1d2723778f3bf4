using Npgsql;

namespace FirstDraft.Data;

/// <summary>Applies the embedded SQL scripts that have not been applied yet.</summary>
public static class Migrator
{
    private const int Lock = 727274;

    public static async Task MigrateAsync(string connectionString, params string[] folders)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await ExecuteAsync(connection, $"SELECT pg_advisory_lock({Lock})");
        await ExecuteAsync(connection, "CREATE TABLE IF NOT EXISTS schema_migrations (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())");
        var assembly = typeof(Migrator).Assembly;
        foreach (var folder in folders)
        {
            foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith($"{folder}/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            {
                var name = resource[(folder.Length + 1)..];
                await using var applied = new NpgsqlCommand("SELECT 1 FROM schema_migrations WHERE name = $1", connection) { Parameters = { new() { Value = name } } };
                if (await applied.ExecuteScalarAsync() is not null) continue;

                using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
                await using var transaction = await connection.BeginTransactionAsync();
                await ExecuteAsync(connection, await reader.ReadToEndAsync());
                await using var record = new NpgsqlCommand("INSERT INTO schema_migrations (name) VALUES ($1)", connection) { Parameters = { new() { Value = name } } };
                await record.ExecuteNonQueryAsync();
                await transaction.CommitAsync();
            }
        }

        await ExecuteAsync(connection, $"SELECT pg_advisory_unlock({Lock})");
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

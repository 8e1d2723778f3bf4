using System.Reflection;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace Storefront.Data;

/// <summary>
/// What this version's schema has and the database lacks. Asked at every start and by the readiness probe, so it does without EF
/// Core, whose first use takes a second.
/// </summary>
internal static class PendingMigrations
{
    private static readonly Lazy<string[]> All = new(() =>
    [
        .. typeof(PendingMigrations).Assembly.GetTypes().Select(type => type.GetCustomAttribute<MigrationAttribute>()?.Id).OfType<string>()
            .Order(StringComparer.Ordinal),
    ]);

    /// <summary>The ids of the migrations that are still to come, the oldest first.</summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var look = new NpgsqlCommand($"SELECT to_regclass('{Database.MigrationsTable}') IS NOT NULL", connection);
        if (await look.ExecuteScalarAsync(cancellationToken) is not true) return All.Value;

        var applied = new HashSet<string>(StringComparer.Ordinal);
        await using var command = new NpgsqlCommand($"SELECT migration_id FROM {Database.MigrationsTable}", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) applied.Add(reader.GetString(0));
        return [.. All.Value.Where(id => !applied.Contains(id))];
    }
}

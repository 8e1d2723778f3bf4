using Microsoft.AspNetCore.Identity;
using Npgsql;
using Storefront.Accounts;

namespace Storefront.Local.Demo;

/// <summary>500 users with 10 orders of 3 items each, by binary COPY, in one transaction.</summary>
internal static class DemoData
{
    private const long LoadLock = 0x726f6164_64656d6f; // "roaddemo"

    /// <summary>Loads an empty database, leaves any other as it is, and gives the demo accounts their password.</summary>
    /// <returns>The password; null where the database is somebody's own.</returns>
    public static async Task<string?> LoadAsync(WebApplication app, string? passwordFile, CancellationToken cancellationToken)
    {
        var source = app.Services.GetRequiredService<NpgsqlDataSource>();
        await CopyIfEmptyAsync(source, DemoRows.Users, cancellationToken);
        return await DemoAccounts.SetPasswordAsync(source, app.Services.GetRequiredService<IPasswordHasher<User>>(), passwordFile, cancellationToken);
    }

    internal static async Task<bool> CopyIfEmptyAsync(NpgsqlDataSource source, int users, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var guard = new NpgsqlCommand($"SELECT pg_advisory_xact_lock({LoadLock})", connection)) await guard.ExecuteNonQueryAsync(cancellationToken);
        await using (var look = new NpgsqlCommand("SELECT EXISTS (SELECT FROM users) OR EXISTS (SELECT FROM products)", connection))
            if (await look.ExecuteScalarAsync(cancellationToken) is true) return false;

        // The rows are consistent by construction: 35,000 checks of foreign keys would take longer than the rows themselves. Only a
        // superuser, as on the embedded server, may leave them out.
        await using (var unguarded = new NpgsqlCommand(
            "SELECT set_config('session_replication_role', 'replica', true) FROM pg_roles WHERE rolname = current_user AND rolsuper", connection))
            await unguarded.ExecuteNonQueryAsync(cancellationToken);
        await DemoCopy.WriteAsync(connection, users, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        // Else the planner guesses until autovacuum comes by.
        await using var analyze = new NpgsqlCommand("ANALYZE users, products, orders, order_items", connection);
        await analyze.ExecuteNonQueryAsync(cancellationToken);
        return true;
    }
}

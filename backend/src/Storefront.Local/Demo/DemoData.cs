using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Storefront.Accounts;
using Storefront.Data;

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

        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<StorefrontDb>();
        if (await db.Users.CountAsync(user => user.Email == DemoAccounts.Admin || user.Email == DemoAccounts.User, cancellationToken) == 0) return null;
        return await DemoAccounts.SetPasswordAsync(db, scope.ServiceProvider.GetRequiredService<IPasswordHasher<User>>(), passwordFile, cancellationToken);
    }

    internal static async Task<bool> CopyIfEmptyAsync(NpgsqlDataSource source, int users, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var guard = new NpgsqlCommand($"SELECT pg_advisory_xact_lock({LoadLock})", connection)) await guard.ExecuteNonQueryAsync(cancellationToken);
        await using (var look = new NpgsqlCommand("SELECT EXISTS (SELECT FROM users) OR EXISTS (SELECT FROM products)", connection))
            if (await look.ExecuteScalarAsync(cancellationToken) is true) return false;

        await DemoCopy.WriteAsync(connection, users, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        // Else the planner guesses until autovacuum comes by.
        await using var analyze = new NpgsqlCommand("ANALYZE users, products, orders, order_items", connection);
        await analyze.ExecuteNonQueryAsync(cancellationToken);
        return true;
    }
}

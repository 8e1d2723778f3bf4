using Microsoft.EntityFrameworkCore;
using Npgsql;
using Roadworthy.Errors.Tracking;
using Roadworthy.Idempotency;
using Roadworthy.Sessions;
using Storefront.Hosting;

namespace Storefront.Data;

/// <summary>
/// Brings the schema up to this version: a step of its own, before the new version serves. Any number of instances may do it
/// at once; one does, the others wait for it.
/// </summary>
internal static class Migrator
{
    // The role or the connection string may set some, for requests: a migration may rightly take long.
    private const string NoLimits = "SET statement_timeout = 0; SET lock_timeout = 0";
    private const long MigrationLock = 0x726f6164_6d696772; // "roadmigr"

    public static async Task MigrateAsync(string connection, ILogger log, CancellationToken cancellationToken)
    {
        // Its own connections: what is set on them must not come back to a request.
        var settings = new NpgsqlConnectionStringBuilder(connection) { CommandTimeout = 0, Pooling = false, ApplicationName = "storefront migrate" };
        await using var source = new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
        await using var guard = await source.OpenConnectionAsync(cancellationToken);
        await using (var lift = new NpgsqlCommand(NoLimits, guard)) await lift.ExecuteNonQueryAsync(cancellationToken);
        await using (var take = new NpgsqlCommand($"SELECT pg_advisory_lock({MigrationLock})", guard)) await take.ExecuteNonQueryAsync(cancellationToken);

        await SessionsSchema.ApplyAsync(source, cancellationToken: cancellationToken);
        await IdempotencySchema.ApplyAsync(source, cancellationToken);
        await ErrorsSchema.ApplyAsync(source, cancellationToken);
        var pending = await PendingMigrations.ReadAsync(guard, cancellationToken);
        if (pending.Count == 0)
        {
            log.NothingToMigrate();
            return;
        }

        log.Migrating(pending.Count, pending[^1]);
        var options = new DbContextOptionsBuilder<StorefrontDb>();
        Database.Use(options, source);
        await using var db = new StorefrontDb(options.Options, new Nobody());
        await db.Database.OpenConnectionAsync(cancellationToken);
        await db.Database.ExecuteSqlRawAsync(NoLimits, cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
        log.Migrated();
    }
}

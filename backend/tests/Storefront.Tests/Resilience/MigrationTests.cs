using Microsoft.Extensions.Logging.Abstractions;
using Roadworthy.Postgres;
using Storefront.Data;
using Storefront.Tests.Support;

namespace Storefront.Tests.Resilience;

public sealed class MigrationTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Eight_migrations_at_once_of_one_empty_database_all_succeed_and_each_is_applied_once()
    {
        await using var database = await EmptyDatabase.CreateAsync(postgres.Server);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            () => Migrator.MigrateAsync(database.ConnectionString, NullLogger.Instance, CancellationToken.None))));
        await ShouldBeMigratedAsync(database.ConnectionString);
    }

    [Fact]
    public async Task Two_deployed_migrate_steps_at_once_end_with_0_and_a_third_has_nothing_to_do()
    {
        await using var database = await EmptyDatabase.CreateAsync(postgres.Server);
        await using (var one = Migrate(database.ConnectionString))
        await using (var other = Migrate(database.ConnectionString))
        {
            Assert.True(await one.ExitAsync() == 0, one.Output + one.Errors);
            Assert.True(await other.ExitAsync() == 0, other.Output + other.Errors);
            Assert.Contains("The database is migrated", one.Output + other.Output, StringComparison.Ordinal);
        }

        await ShouldBeMigratedAsync(database.ConnectionString);
        await using var third = Migrate(database.ConnectionString);
        Assert.True(await third.ExitAsync() == 0, third.Output + third.Errors);
        Assert.Contains("nothing to migrate", third.Output, StringComparison.Ordinal);
        await ShouldBeMigratedAsync(database.ConnectionString);
    }

    [Fact]
    public async Task In_production_the_backend_leaves_the_schema_alone_and_is_not_ready_until_it_was_migrated()
    {
        await using var database = await EmptyDatabase.CreateAsync(postgres.Server);
        await using var host = await StorefrontHost.StartAsync(database.ConnectionString);
        await host.Anonymous.LookAsync("/health/live").ShouldBeAsync(200);
        await host.Anonymous.LookAsync("/health/ready").ShouldBeAsync(503);
        Assert.Equal(0, await Sql.ScalarAsync<long>(database.ConnectionString, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"));

        await Migrator.MigrateAsync(database.ConnectionString, NullLogger.Instance, CancellationToken.None);
        await Eventually.TrueAsync("it is ready", host.Anonymous.IsReadyAsync);
        await host.SignUpAsync();
    }

    [Fact]
    public async Task A_schema_that_lacks_a_migration_is_not_ready_whatever_another_host_of_the_process_has_seen()
    {
        await using var migrated = await StorefrontHost.StartAsync(postgres);
        await migrated.Anonymous.LookAsync("/health/ready").ShouldBeAsync(200);
        await using var behind = await StorefrontHost.StartAsync(postgres);
        await Sql.ExecuteAsync(behind.ConnectionString, "UPDATE migrations SET migration_id = '20000101000000_Before' WHERE migration_id = (SELECT max(migration_id) FROM migrations)");
        await behind.Anonymous.LookAsync("/health/ready").ShouldBeAsync(503);
    }

    private static BackendProcess Migrate(string connection) => BackendProcess.Start(
        BackendProcess.Program("Storefront"),
        new(StringComparer.Ordinal) { ["ConnectionStrings__Storefront"] = connection, ["Storefront__RootKey"] = StorefrontHost.RootKey },
        "migrate");

    private static async Task ShouldBeMigratedAsync(string connection)
    {
        var applied = await Sql.ColumnAsync<string>(connection, "SELECT migration_id FROM migrations ORDER BY migration_id");
        Assert.NotEmpty(applied);
        Assert.Equal(applied.Count, applied.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(0, await Sql.ScalarAsync<long>(connection, "SELECT count(*) FROM users"));
    }
}

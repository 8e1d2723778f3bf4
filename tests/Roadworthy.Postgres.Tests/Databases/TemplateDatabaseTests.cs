using Npgsql;
using Roadworthy.Postgres.Tests.Support;

namespace Roadworthy.Postgres.Tests.Databases;

public sealed class TemplateDatabaseTests(ThrowawayServer fixture) : IClassFixture<ThrowawayServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private PostgresServer Server => fixture.Server;

    [Fact]
    public async Task Clones_hold_what_was_migrated_and_do_not_see_each_other()
    {
        var template = await TemplateDatabase.CreateAsync(Server, "isolation", MigrateAsync, Ct);
        await using var one = await template.CloneAsync(Ct);
        await using var two = await template.CloneAsync(Ct);
        await Sql.ExecuteAsync(one.ConnectionString, "INSERT INTO item VALUES (1)");
        Assert.Equal(1L, await Sql.ScalarAsync<long>(one.ConnectionString, "SELECT count(*) FROM item"));
        Assert.Equal(0L, await Sql.ScalarAsync<long>(two.ConnectionString, "SELECT count(*) FROM item"));
        Assert.NotEqual(one.Name, two.Name, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Connections_that_the_migration_left_open_or_pooled_do_not_stop_a_clone()
    {
        NpgsqlConnection? open = null;
        var template = await TemplateDatabase.CreateAsync(Server, "left_open", async (connectionString, ct) =>
        {
            await MigrateAsync(connectionString, ct);
            open = new NpgsqlConnection(connectionString + ";Application Name=left open");
            await open.OpenAsync(ct);
        }, Ct);
        await using (open)
        {
            await using var clone = await template.CloneAsync(Ct);
            Assert.Equal(0L, await Sql.ScalarAsync<long>(clone.ConnectionString, "SELECT count(*) FROM item"));
        }

        var error = await Assert.ThrowsAsync<PostgresException>(() => Sql.ScalarAsync<int>(Server.GetConnectionString("left_open"), "SELECT 1"));
        Assert.Contains("not currently accepting connections", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_template_of_that_name_is_migrated_once_even_when_wanted_at_once()
    {
        var migrations = 0;
        Task Migrate(string connectionString, CancellationToken ct)
        {
            Interlocked.Increment(ref migrations);
            return MigrateAsync(connectionString, ct);
        }

        var templates = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => TemplateDatabase.CreateAsync(Server, "it's \"once\"", Migrate, Ct)));
        Assert.Equal(1, migrations);
        var clones = await Task.WhenAll(templates.Select(template => template.CloneAsync(Ct)));
        Assert.Equal(4, clones.Select(clone => clone.Name).Distinct(StringComparer.Ordinal).Count());
        foreach (var clone in clones) await clone.DisposeAsync();
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_no_template_and_can_be_tried_again()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => TemplateDatabase.CreateAsync(Server, "fails", async (connectionString, ct) =>
        {
            await MigrateAsync(connectionString, ct);
            throw new InvalidOperationException("half way");
        }, Ct));
        Assert.Equal(0L, await Sql.ScalarAsync<long>(Server.GetConnectionString(), "SELECT count(*) FROM pg_database WHERE datname LIKE 'fails%'"));
        await TemplateDatabase.CreateAsync(Server, "fails", MigrateAsync, Ct);
    }

    [Fact]
    public async Task Disposing_a_clone_drops_it_though_connections_are_open()
    {
        var template = await TemplateDatabase.CreateAsync(Server, "dropped", MigrateAsync, Ct);
        var clone = await template.CloneAsync(Ct);
        await using var open = new NpgsqlConnection(clone.ConnectionString);
        await open.OpenAsync(Ct);
        await clone.DisposeAsync();
        await clone.DisposeAsync();
        Assert.Equal(0L, await Sql.ScalarAsync<long>(Server.GetConnectionString(), $"SELECT count(*) FROM pg_database WHERE datname = '{clone.Name}'"));
    }

    [Fact]
    public async Task A_clone_may_outlive_its_server()
    {
        await using var server = await PostgresServer.StartAsync(ct: Ct);
        var template = await TemplateDatabase.CreateAsync(server, "outlived", MigrateAsync, Ct);
        var clone = await template.CloneAsync(Ct);
        await server.StopAsync(Ct);
        await clone.DisposeAsync();
    }

    [Fact]
    public async Task A_name_that_leaves_no_room_for_clones_is_refused()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => TemplateDatabase.CreateAsync(Server, new string('a', 55), MigrateAsync, Ct));
        Assert.Contains("longer than 54 bytes", error.Message, StringComparison.Ordinal);
        var template = await TemplateDatabase.CreateAsync(Server, new string('a', 54), MigrateAsync, Ct);
        await using var clone = await template.CloneAsync(Ct);
        Assert.Equal(clone.Name, await Sql.ScalarAsync<string>(clone.ConnectionString, "SELECT current_database()::text"));
    }

    private static async Task MigrateAsync(string connectionString, CancellationToken ct)
    {
        // Pooled, as a migration tool's would be.
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand("CREATE TABLE item (id int PRIMARY KEY)", connection);
        await command.ExecuteNonQueryAsync(ct);
    }
}

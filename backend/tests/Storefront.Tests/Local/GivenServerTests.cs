using System.Net.Http.Json;
using Npgsql;
using Storefront.Tests.Support;

namespace Storefront.Tests.Local;

/// <summary>ConnectionStrings__Storefront names a server: ./run leaves it as it is, but for the migrations.</summary>
public sealed class GivenServerTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Nothing_embedded_is_started_and_nothing_is_seeded()
    {
        await using var folder = TemporaryFolder.Create();
        await using var database = await EmptyDatabase.CreateAsync(postgres.Server);
        await using var run = await LocalRun.StartAsync(folder.Sub("data"), Given(database.ConnectionString));

        Assert.Contains("ConnectionStrings__Storefront", run.Banner["PostgreSQL"], StringComparison.Ordinal);
        Assert.False(run.Banner.ContainsKey("Demo accounts"));
        Assert.DoesNotContain(new NpgsqlConnectionStringBuilder(database.ConnectionString).Password!, run.Process.Output, StringComparison.Ordinal);
        Assert.Empty(FolderProcesses.ChildrenOf(run.Process.Id));
        Assert.False(Directory.Exists(Path.Combine(folder.Sub("data"), "postgres")));
        Assert.Equal(0, await CountAsync(database.ConnectionString, "users"));
        Assert.Equal(0, await CountAsync(database.ConnectionString, "products"));
        await run.Anonymous.LookAsync("/health/ready").ShouldBeAsync(200);
        Assert.Equal(0, await run.EndAsync());
    }

    [Fact]
    public async Task With_demo_an_empty_database_gets_the_demo_data()
    {
        await using var folder = TemporaryFolder.Create();
        await using var database = await EmptyDatabase.CreateAsync(postgres.Server);
        await using var run = await LocalRun.StartAsync(folder.Sub("data"), Given(database.ConnectionString), "--demo");

        Assert.Equal(500, await CountAsync(database.ConnectionString, "users"));
        Assert.Equal(5_000, await CountAsync(database.ConnectionString, "orders"));
        Assert.Equal(15_000, await CountAsync(database.ConnectionString, "order_items"));
        Assert.Equal(2, await CountAsync(database.ConnectionString, "users WHERE password_hash IS NOT NULL"));
        await run.LogInAsync("admin@example.com");
        Assert.Equal(0, await run.EndAsync());
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task Without_demo_the_demo_accounts_of_an_earlier_start_are_closed()
    {
        await using var folder = TemporaryFolder.Create();
        await using var database = await EmptyDatabase.CreateAsync(postgres.Server);
        string password;
        await using (var demo = await LocalRun.StartAsync(folder.Sub("data"), Given(database.ConnectionString), "--demo"))
        {
            password = demo.Password;
            Assert.Equal(0, await demo.EndAsync());
        }

        // What the refusal of an open address advises: it must not open the accounts with it.
        await using var run = await LocalRun.StartAsync(folder.Sub("data"), Given(database.ConnectionString), "--no-demo");
        await run.Anonymous.PostAsJsonAsync("/api/login", new { email = "admin@example.com", password }).ShouldBeProblemAsync(401, "wrong-credentials");
        Assert.Equal(0, await CountAsync(database.ConnectionString, "users WHERE password_hash IS NOT NULL"));
        Assert.Equal(0, await run.EndAsync());
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task A_person_who_took_a_demo_accounts_address_keeps_the_account()
    {
        await using var folder = TemporaryFolder.Create();
        await using var database = await postgres.CloneAsync();
        await Sql.ExecuteAsync(
            database.ConnectionString,
            "INSERT INTO users (id, email, normalized_email, email_confirmed, name, age, is_admin, password_hash) VALUES ($1, 'admin@example.com', 'ADMIN@EXAMPLE.COM', false, 'A', 42, false, 'theirs')", Guid.NewGuid());
        await using var run = await LocalRun.StartAsync(folder.Sub("data"), Given(database.ConnectionString), "--demo");

        Assert.False(run.Banner.ContainsKey("Their password"));
        Assert.Equal(1, await CountAsync(database.ConnectionString, "users WHERE password_hash = 'theirs'"));
        Assert.Equal(0, await run.EndAsync());
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task A_server_given_on_the_command_line_is_used_as_well()
    {
        await using var folder = TemporaryFolder.Create();
        await using var database = await postgres.CloneAsync();
        await using var run = await LocalRun.StartAsync(folder.Sub("data"), null, "--ConnectionStrings:Storefront", database.ConnectionString);

        Assert.Empty(FolderProcesses.ChildrenOf(run.Process.Id));
        Assert.Equal(0, await run.EndAsync());
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task With_demo_a_database_with_somebody_in_it_is_left_alone()
    {
        await using var folder = TemporaryFolder.Create();
        await using var database = await postgres.CloneAsync();
        await Sql.ExecuteAsync(
            database.ConnectionString,
            "INSERT INTO users (id, email, normalized_email, email_confirmed, name, age, is_admin) VALUES ($1, 'a@b.c', 'A@B.C', false, 'A', 42, false)", Guid.NewGuid());
        await using var run = await LocalRun.StartAsync(folder.Sub("data"), Given(database.ConnectionString), "--demo");

        Assert.False(run.Banner.ContainsKey("Their password"));
        Assert.Equal(1, await CountAsync(database.ConnectionString, "users"));
        Assert.Equal(0, await CountAsync(database.ConnectionString, "products"));
        Assert.Equal(0, await run.EndAsync());
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told_in_one_line()
    {
        await using var folder = TemporaryFolder.Create();
        // Nothing can listen on port 1 but root's own tcpmux.
        await using var run = LocalRun.Begin(folder.Sub("data"), Given("Host=127.0.0.1;Port=1;Username=nobody;Password=not-to-be-told;Database=storefront"));
        Assert.Equal(2, await run.ExitAsync());
        Assert.Contains("ConnectionStrings__Storefront", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("not-to-be-told", run.Errors + run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Given(string connection) => new(StringComparer.Ordinal) { ["ConnectionStrings__Storefront"] = connection };

    private static Task<long> CountAsync(string connection, string from) => Sql.ScalarAsync<long>(connection, $"SELECT count(*) FROM {from}");
}

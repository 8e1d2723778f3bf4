using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Roadworthy.Queries.Tests.Support;

namespace Roadworthy.Queries.Tests.Requests;

public sealed class FindingTests(Shop shop)
{
    private const string Visit = "INSERT INTO visits (page) VALUES ('home') RETURNING 1";

    [Theory]
    [InlineData("GET", "/visit", true)]
    [InlineData("HEAD", "/visit", true)]
    [InlineData("POST", "/visit", false)]
    [InlineData("GET", "/allowed", false)]
    public async Task A_GET_that_writes_is_found_unless_it_may(string method, string path, bool isFound)
    {
        await using var site = await Site.StartAsync(shop, app =>
        {
            app.MapMethods("/visit", ["GET", "HEAD", "POST"], (NpgsqlDataSource source) => Handlers.ReadAsync(source, Visit));
            app.MapGet("/allowed", (NpgsqlDataSource source) => Handlers.ReadAsync(source, Visit)).AllowWrites();
        });
        var trace = await site.TraceAsync(path, new(method));
        Assert.Equal(isFound ? [$"A {method} writes: INSERT INTO visits (page) VALUES (?) RETURNING ?"] : [], trace.Findings.Select(finding => finding.Text));
        Assert.Equal((isFound ? 1 : 0, isFound ? 1 : 0), (site.Records.Of(6004).Count, (int)site.Metrics.Of("writes_in_get", path)));
    }

    [Fact]
    public async Task A_statement_over_its_limit_is_found()
    {
        await using var site = await Site.StartAsync(
            shop, app => app.MapGet("/sleep", (NpgsqlDataSource source) => Handlers.ReadAsync(source, "SELECT 1 FROM pg_sleep(0.02)")), options => options.SlowStatement = TimeSpan.FromMilliseconds(10));
        var finding = Assert.Single((await site.TraceAsync("/sleep")).Findings);
        Assert.Equal(QueryFindingKind.SlowStatement, finding.Kind);
        Assert.Matches("^A statement took [0-9]+ ms: SELECT . FROM pg_sleep\\(.\\)$", finding.Text);
        Assert.Contains("over the limit of 10 ms", Assert.Single(site.Records.Of(6005)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/list", 2_000, 150, true)]
    [InlineData("/object", 2_000, 150, true)]
    [InlineData("/list", 2_000, 200, false)]
    [InlineData("/list", 1_000, 1, false)]
    public async Task Many_rows_for_few_items_are_found(string path, int rows, int items, bool isFound)
    {
        await using var site = await Site.StartAsync(shop, app =>
        {
            var counted = app.MapGroup("").CountReturnedItems();
            counted.MapGet("/list", async (NpgsqlDataSource source) => (await Handlers.ReadAsync(source, "SELECT generate_series(1, $1)", rows)).Take(items).ToList());
            counted.MapGet("/object", async (NpgsqlDataSource source) =>
                Results.Ok(new { Items = (await Handlers.ReadAsync(source, "SELECT generate_series(1, $1)", rows)).Take(items).ToList(), Next = "x" }));
        });
        var trace = await site.TraceAsync(path);
        Assert.Equal(rows, trace.RowsRead);
        Assert.Equal(isFound ? [$"{rows} rows were read for {items} items"] : [], trace.Findings.Select(finding => finding.Text));
    }

    [Fact]
    public async Task A_connection_that_is_never_closed_is_found_and_one_of_the_scope_is_not()
    {
        await using var site = await Site.StartAsync(
            shop,
            app =>
            {
                app.MapGet("/leaks", async (NpgsqlDataSource source, HttpContext http) =>
                {
                    var connection = await source.OpenConnectionAsync();
                    await using var command = new NpgsqlCommand("SELECT 1", connection);
                    await command.ExecuteScalarAsync();
                    Left.Add(connection);
                });
                app.MapGet("/scoped", async (NpgsqlConnection connection) =>
                {
                    await connection.OpenAsync();
                    await using var command = new NpgsqlCommand("SELECT 1", connection);
                    await command.ExecuteScalarAsync();
                });
            },
            services: services => services.AddScoped(provider => provider.GetRequiredService<NpgsqlDataSource>().CreateConnection()));
        var leak = await site.TraceAsync("/leaks");
        await Eventually.TrueAsync("it is told", () => site.Records.Of(6007).Count == 1);
        await Eventually.TrueAsync("it is kept", () => site.History.Find(leak.Id)!.Findings is [{ Kind: QueryFindingKind.LeftOpen }]);
        Assert.StartsWith("GET /leaks: 1 connections were never closed", site.Records.Of(6007)[0], StringComparison.Ordinal);
        await site.TraceAsync("/scoped");
        await site.TraceAsync("/scoped");
        Assert.Single(site.Records.Of(6007));
        foreach (var connection in Left) await connection.DisposeAsync();
    }

    [Fact]
    public async Task A_transaction_that_nobody_ended_is_found()
    {
        await using var site = await Site.StartAsync(shop, app => app.MapPost("/forgets", async (HttpContext http, NpgsqlDataSource source) =>
        {
            var context = new ShopContext(source);
            http.Response.RegisterForDispose(context);
            await context.Database.BeginTransactionAsync();
            context.Add(new Order { Id = 20_000, UserId = 1 });
            await context.SaveChangesAsync();
        }));
        var finding = Assert.Single((await site.TraceAsync("/forgets", HttpMethod.Post)).Findings);
        Assert.Equal("1 transactions were neither committed nor rolled back when the request ended", finding.Text);
    }

    [Fact]
    public async Task A_repeated_statement_is_told_as_such_and_what_is_not_known_is_said()
    {
        await using var site = await Site.StartAsync(shop, app =>
        {
            app.MapGet("/same", async (NpgsqlDataSource source) =>
            {
                for (var n = 0; n < 6; n++) await Handlers.ReadAsync(source, "SELECT $1::int", 1);
            });
            app.MapGet("/unknown", () => Handlers.SendAsync(shop.PlainSource, 6));
        });
        Assert.StartsWith("Repeated: one statement 6 times with the same values, from Handlers.cs:", Assert.Single((await site.TraceAsync("/same")).Findings).Text, StringComparison.Ordinal);
        Assert.StartsWith("Repeated: one statement 6 times with values that are not known (call UseRoadworthyQueries", Assert.Single((await site.TraceAsync("/unknown")).Findings).Text, StringComparison.Ordinal);
        Assert.Equal(2, site.Records.Of(6002).Count);
        Assert.Empty(site.Records.Of(6001));
    }

    private static List<NpgsqlConnection> Left { get; } = [];
}

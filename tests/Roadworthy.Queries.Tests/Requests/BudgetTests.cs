using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Npgsql;
using Roadworthy.Queries.Tests.Support;

namespace Roadworthy.Queries.Tests.Requests;

public sealed class BudgetTests(Shop shop)
{
    private const string Exceeded = "GET /send/{statements}: 4 statements, over its budget of 3: ";

    [Fact]
    public async Task In_development_what_exceeds_its_budget_is_logged_with_its_statements()
    {
        await using var site = await Site.StartAsync(shop, Map, environment: "Development");
        Assert.Equal((3, 200), Told(await site.TraceAsync("/send/3")));
        Assert.Empty(site.Records.Of(6003));
        var trace = await site.TraceAsync("/send/4");
        Assert.Equal((4, 200), Told(trace));
        Assert.StartsWith(Exceeded, Assert.Single(site.Records.Of(6003)), StringComparison.Ordinal);
        Assert.Contains("  4 x SELECT ?::int  [Handlers.cs:", site.Records.Of(6003)[0], StringComparison.Ordinal);
        Assert.Equal(1, site.Metrics.Of("budget_exceeded", "/send/{statements}"));
        Assert.Equal((3, QueryFindingKind.BudgetExceeded, "4 statements, over the budget of 3"), (trace.Budget, trace.Findings[0].Kind, trace.Findings[0].Text));
    }

    [Fact]
    public async Task In_production_it_is_counted_and_kept()
    {
        await using var site = await Site.StartAsync(shop, Map);
        Assert.Equal((4, 200), Told(await site.TraceAsync("/send/4")));
        Assert.Empty(site.Records.Of(6003));
        Assert.Equal(1, site.Metrics.Of("budget_exceeded", "/send/{statements}"));
    }

    [Theory]
    [InlineData("/send/4")]
    [InlineData("/length/4")]
    public async Task In_tests_it_fails_though_the_answer_was_written_already(string path)
    {
        await using var site = await Site.StartAsync(shop, Map, environment: "Testing");
        using var answer = await site.Client.GetAsync(path);
        Assert.Equal(500, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("sent 4 statements; its budget is 3", Assert.Single(site.Records.Errors), StringComparison.Ordinal);
        await Eventually.TrueAsync("it is kept with its status", () => site.History.Latest(1) is [{ Status: 500 }]);
    }

    [Theory]
    [InlineData("/send/3", "3 sent")]
    [InlineData("/length/2", "2 sent")]
    public async Task In_tests_what_keeps_its_budget_is_answered_as_ever(string path, string expected)
    {
        await using var site = await Site.StartAsync(shop, Map, environment: "Test");
        Assert.Equal(expected, await site.Client.GetStringAsync(path));
    }

    [Fact]
    public async Task An_answer_too_long_to_be_held_goes_through_and_is_broken_off()
    {
        await using var site = await Site.StartAsync(shop, Map, options => options.BudgetMode = QueryBudgetMode.Throw);
        Assert.Equal(20 * 1024 * 1024, (await site.Client.GetByteArrayAsync("/long/3")).Length);
        await Assert.ThrowsAnyAsync<Exception>(() => site.Client.GetByteArrayAsync("/long/4"));
        await Eventually.TrueAsync("it is logged", () => site.Records.Of(6008).Count == 1);
    }

    [Fact]
    public async Task Events_are_not_held_back()
    {
        var going = new TaskCompletionSource();
        await using var site = await Site.StartAsync(
            shop,
            app => app.MapGet("/events", async (HttpContext http) =>
            {
                http.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
                await http.Response.WriteAsync("first");
                await http.Response.Body.FlushAsync();
                await going.Task;
            }).WithQueryBudget(3),
            options => options.BudgetMode = QueryBudgetMode.Throw);
        using var answer = await site.Client.GetAsync("/events", HttpCompletionOption.ResponseHeadersRead);
        await using var body = await answer.Content.ReadAsStreamAsync();
        Assert.Equal('f', body.ReadByte());
        going.SetResult();
    }

    [Fact]
    public void A_budget_out_of_range_is_refused()
    {
        var app = WebApplication.CreateSlimBuilder().Build();
        Assert.Throws<ArgumentOutOfRangeException>(() => app.MapGet("/", () => "").WithQueryBudget(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => app.MapGet("/", () => "").WithQueryBudget(10_001));
    }

    private static (int Statements, int Status) Told(RequestTrace trace) => (trace.Statements, trace.Status);

    private static void Map(WebApplication app)
    {
        // The endpoint's own word goes before its group's.
        var group = app.MapGroup("").WithQueryBudget(1);
        group.MapGet("/send/{statements}", async (int statements, NpgsqlDataSource source) =>
        {
            await Handlers.SendAsync(source, statements);
            return $"{statements} sent";
        }).WithQueryBudget(3);
        group.MapGet("/length/{statements}", async (int statements, NpgsqlDataSource source, HttpContext http) =>
        {
            await Handlers.SendAsync(source, statements);
            http.Response.ContentLength = 6;
            await http.Response.WriteAsync($"{statements} sent");
        }).WithQueryBudget(3);
        group.MapGet("/long/{statements}", async (int statements, NpgsqlDataSource source, HttpContext http) =>
        {
            await Handlers.SendAsync(source, statements);
            for (var n = 0; n < 20; n++) await http.Response.Body.WriteAsync(new byte[1024 * 1024]);
        }).WithQueryBudget(3);
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Roadworthy.Testing.Tests.Queries;

public sealed class QueryCheckTests(Counters counters)
{
    [Fact]
    public async Task A_loop_of_the_test_s_own_code_is_named_with_its_line()
    {
        await using var source = Tells();
        using var queries = QueryCheck.Begin();
        for (var n = 0; n < 5; n++) await ReadAsync(source, n);
        var error = Assert.Throws<QueryCheckException>(() => queries.NoNPlusOne());
        Assert.Matches(@"^N\+1: one statement 5 times with 5 different values, from QueryCheckTests\.cs:[0-9]+:\s+SELECT \?::int$", error.Message);
        Assert.Matches(@"^5 statements were sent, and 4 are the most:\s+5 x SELECT \?::int  \[QueryCheckTests\.cs:[0-9]+\]$", Assert.Throws<QueryCheckException>(() => queries.AtMost(4)).Message);
        queries.AtMost(5);
    }

    [Fact]
    public async Task Requests_on_a_TestServer_and_on_Kestrel_count_for_the_test_that_sends_them()
    {
        await using var source = Tells();
        await using var kestrel = await StartAsync(source, onTestServer: false);
        await using var server = await StartAsync(source, onTestServer: true);
        using var socket = new HttpClient { BaseAddress = new(kestrel.Urls.Single()) };
        using var memory = server.GetTestClient();
        foreach (var client in (HttpClient[])[socket, memory])
        {
            using var queries = QueryCheck.Begin(client);
            await client.GetAsync("/read/3");
            Assert.Equal(3, queries.AtMost(3).NoNPlusOne().Statements);
            await client.GetAsync("/read/7");
            Assert.Contains("one statement 7 times", Assert.Throws<QueryCheckException>(() => queries.NoNPlusOne()).Message, StringComparison.Ordinal);
            Assert.Equal([0, 3, 7], queries.Sent.Select(sent => sent.Statements));
        }

        Assert.Empty(socket.DefaultRequestHeaders);
    }

    [Fact]
    public async Task Tests_at_the_same_time_each_see_their_own_requests()
    {
        await using var source = Tells();
        await using var app = await StartAsync(source, onTestServer: false);
        await Parallel.ForAsync(1, 21, async (n, _) =>
        {
            using var client = new HttpClient { BaseAddress = new(app.Urls.Single()) };
            using var queries = QueryCheck.Begin();
            await client.GetAsync($"/read/{n}", CancellationToken.None);
            Assert.Equal(n, queries.Statements);
        });
    }

    [Fact]
    public async Task What_proves_nothing_fails()
    {
        using (var nothing = QueryCheck.Begin())
        {
            nothing.AtMost(0);
            Assert.Contains("proves nothing", Assert.Throws<QueryCheckException>(() => nothing.AtMost(1)).Message, StringComparison.Ordinal);
            Assert.Contains("proves nothing", Assert.Throws<QueryCheckException>(() => nothing.NoNPlusOne()).Message, StringComparison.Ordinal);
        }

        await using var silent = NpgsqlDataSource.Create(counters.ConnectionString);
        using var unknown = QueryCheck.Begin();
        for (var n = 0; n < 5; n++) await ReadAsync(silent, n);
        Assert.Contains("Call UseRoadworthyQueries()", Assert.Throws<QueryCheckException>(() => unknown.NoNPlusOne()).Message, StringComparison.Ordinal);
        unknown.AtMost(5);
    }

    private NpgsqlDataSource Tells() => new NpgsqlDataSourceBuilder(counters.ConnectionString).UseRoadworthyQueries().Build();

    private static async Task<WebApplication> StartAsync(NpgsqlDataSource source, bool onTestServer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        if (onTestServer) builder.WebHost.UseTestServer();
        else builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoadworthyQueries();
        var app = builder.Build();
        app.UseRoadworthyQueries();
        app.MapGet("/read/{count}", async (int count) =>
        {
            for (var n = 0; n < count; n++) await ReadAsync(source, n);
        });
        await app.StartAsync();
        return app;
    }

    private static async Task ReadAsync(NpgsqlDataSource source, int value)
    {
        await using var command = source.CreateCommand("SELECT $1::int");
        command.Parameters.AddWithValue(value);
        await command.ExecuteScalarAsync();
    }
}

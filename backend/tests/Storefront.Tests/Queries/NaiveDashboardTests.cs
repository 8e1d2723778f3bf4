using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Roadworthy.Queries;
using Roadworthy.Testing;
using Storefront.Local.Demo;
using Storefront.Tests.Support;

namespace Storefront.Tests.Queries;

/// <summary>The article's first dashboard, in this backend: it can't be overlooked.</summary>
public sealed class NaiveDashboardTests(PostgresFixture postgres)
{
    private const int Users = 37;

    [Fact]
    public async Task The_naive_dashboard_is_named_with_its_line_by_log_header_metric_history_and_assertion()
    {
        var database = await postgres.CloneAsync();
        await using var host = await StorefrontHost.StartAsync(
            database.ConnectionString,
            database,
            configure: builder => builder.Services.Configure<QueriesOptions>(queries => (queries.ServerTiming, queries.KeepHistory) = (true, true)),
            map: app => app.MapNaiveDashboard());
        Assert.True(await DemoData.CopyIfEmptyAsync(host.Services.GetRequiredService<NpgsqlDataSource>(), Users, TestContext.Current.CancellationToken));
        using var metric = new NPlusOneMetric(host.Services);
        var line = SourceLine.Of("NaiveDashboard.cs", "// the query in the loop");

        using (var queries = QueryCheck.Begin())
        {
            using var answer = await host.Anonymous.GetAsync(NaiveDashboard.Route);
            Assert.Contains(answer.Headers.GetValues("Server-Timing"), value => value.EndsWith($"desc=\"{Users} x at {line}\"", StringComparison.Ordinal));
            var fault = Assert.Throws<QueryCheckException>(() => queries.NoNPlusOne());
            Assert.StartsWith($"N+1: one statement {Users} times with {Users} different values, from {line}:", fault.Message, StringComparison.Ordinal);
            Assert.StartsWith($"{Users + 1} statements were sent, and 3 are the most:", Assert.Throws<QueryCheckException>(() => queries.AtMost(3)).Message, StringComparison.Ordinal);
        }

        var record = Assert.Single(host.FlushedRecords(), record => record.TryGetProperty("eventId", out var id) && id.GetInt32() == 6001);
        Assert.Equal(("Warning", line), (record.Level(), record.GetProperty("state").GetProperty("Place").GetString()));
        Assert.Equal(NaiveDashboard.Route, record.GetProperty("state").GetProperty("Route").GetString());
        Assert.Equal(1, metric.Of(NaiveDashboard.Route));
        var trace = host.Services.GetRequiredService<RequestHistory>().Latest(10).Single(trace => trace.Route == NaiveDashboard.Route);
        Assert.Equal((Users, line, true), (trace.Repeats[0].Count, trace.Repeats[0].SourceLine, trace.Repeats[0].IsNPlusOne));
    }

    [Fact]
    public async Task The_dashboard_keeps_its_budget_and_so_do_twenty_at_once()
    {
        await using var host = await StorefrontHost.StartAsync(postgres, configure: builder => builder.Services.Configure<QueriesOptions>(queries => queries.KeepHistory = true));
        Assert.True(await DemoData.CopyIfEmptyAsync(host.Services.GetRequiredService<NpgsqlDataSource>(), Users, TestContext.Current.CancellationToken));
        var admin = await host.SignUpAsync(admin: true);
        await Eventually.TrueAsync("the instance hears of ended sessions, and looks none up", async () => await StatementsAsync(admin.Client) == 3);
        using var queries = QueryCheck.Begin();
        await admin.Client.ReadAsync("/api/dashboard?limit=500").ShouldBeAsync(200);
        queries.AtMost(3).NoNPlusOne();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => admin.Client.ReadAsync("/api/dashboard?limit=500").ShouldBeAsync(200)));
        Assert.All(queries.Sent.Skip(1), sent => Assert.Equal((3, 1), (sent.Statements, sent.RoundTrips)));
        Assert.Equal(21 * 3, queries.Statements);
    }

    private static async Task<int> StatementsAsync(HttpClient client)
    {
        using var queries = QueryCheck.Begin();
        await client.ReadAsync("/api/dashboard").ShouldBeAsync(200);
        return queries.Statements;
    }
}

using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Roadworthy.Queries.Tests.Support;

namespace Roadworthy.Queries.Tests.History;

public sealed class HistoryTests(Shop shop)
{
    private static readonly ActivitySource Own = new("Roadworthy.Queries.Tests.Own");

    [Fact]
    public async Task A_request_keeps_its_spans_in_their_order_with_their_parents()
    {
        await using var site = await Site.StartAsync(shop, app =>
        {
            app.MapGet("/other", () => "x");
            app.MapGet("/spans", async (NpgsqlDataSource source) =>
            {
                await Handlers.ReadAsync(source, "SELECT 1");
                using (Own.StartActivity("outer"))
                {
                    await Handlers.ReadAsync(source, "SELECT id FROM users WHERE name = 'secret' OR id < $1", 5);
                    await Assert.ThrowsAsync<PostgresException>(() => Handlers.ReadAsync(source, "SELECT 1 / $1", 0));
                }

                using var client = new HttpClient();
                await client.GetStringAsync($"{app.Urls.First()}/other");
            });
        });
        await site.Client.GetAsync("/spans");
        await Eventually.TrueAsync("both are kept", () => site.History.Latest(10).Count == 2);
        var trace = site.History.Latest(10).Single(trace => trace.Route == "/spans");
        var spans = trace.Spans.Where(span => span.Source is not "System.Net.Http" || span.Name == "GET").Where(span => !span.Source.StartsWith("Experimental.", StringComparison.Ordinal)).ToList();
        Assert.Equal(["Npgsql", "Roadworthy.Queries.Tests.Own", "Npgsql", "Npgsql", "System.Net.Http"], spans.Select(span => span.Source));
        Assert.Equal([-1, -1, 1, 1, -1], spans.Select(span => span.ParentIndex));
        Assert.Equal([0, 0, 1, 1, 0], spans.Select(span => span.Depth));
        Assert.Equal("SELECT id FROM users WHERE name = ? OR id < ?", spans[2].Sql);
        Assert.Equal((1, 4L, false, null), (spans[2].Statements, spans[2].Rows, spans[2].Failed, spans[2].SqlState));
        Assert.Equal((true, "22012", null), (spans[3].Failed, spans[3].SqlState, spans[3].Rows));
        Assert.All(spans, span => Assert.True(span.Duration > TimeSpan.Zero && span.Offset >= TimeSpan.Zero && span.Offset + span.Duration <= trace.Duration));
        Assert.True(spans[1].Duration >= spans[2].Duration + spans[3].Duration);
    }

    [Fact]
    public async Task What_fails_is_kept_with_the_status_that_was_answered_and_what_is_unrouted_without_its_path()
    {
        await using var site = await Site.StartAsync(shop, app => app.MapGet("/fails", string () => throw new InvalidOperationException("x")));
        Assert.Equal((500, "/fails"), Told(await site.TraceAsync("/fails")));
        Assert.Equal((404, ""), Told(await site.TraceAsync("/secret/path?token=secret")));
    }

    [Fact]
    public async Task Spans_of_a_request_are_bounded_and_all_are_counted()
    {
        await using var site = await Site.StartAsync(shop, app => app.MapGet("/many", (NpgsqlDataSource source) => Handlers.SendAsync(source, 700)));
        var trace = await site.TraceAsync("/many");
        Assert.Equal((700, 500, 700), (trace.Statements, trace.Spans.Count, trace.Repeats[0].Count));
        Assert.True(trace.SpansLeftOut >= 200);
    }

    [Fact]
    public async Task SQL_of_a_request_is_bounded_and_its_statements_are_counted()
    {
        await using var site = await Site.StartAsync(shop, app => app.MapGet("/different", async (NpgsqlDataSource source) =>
        {
            for (var n = 0; n < 1_200; n++) await Handlers.ReadAsync(source, $"SELECT 1 AS column{n} -- {new string('x', 100)}\n, '{n}' AS {new string('y', 60)}");
        }));
        var trace = await site.TraceAsync("/different");
        Assert.Equal(1_200, trace.Statements);
        // A connection that had to be opened is a span too, without SQL.
        Assert.InRange(trace.Spans.Select(span => span.Sql).OfType<string>().Distinct(StringComparer.Ordinal).Sum(sql => sql.Length), 1, 33_000);
    }

    [Fact]
    public async Task Endpoints_may_be_left_out_and_without_the_option_nothing_is_kept()
    {
        await using var site = await Site.StartAsync(shop, app => app.MapGet("/probe", () => "x").WithoutRequestHistory());
        await site.Client.GetAsync("/probe");
        await site.TraceAsync("/kept");
        Assert.Single(site.History.Latest(10));
        await using var off = await Site.StartAsync(shop, app => app.MapGet("/", () => "x"), options => options.KeepHistory = false);
        await off.Client.GetAsync("/");
        Assert.Empty(off.History.Latest(10));
    }

    [Fact]
    public void The_latest_200_are_kept_and_the_slowest_50_of_the_last_hour()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        var history = new RequestHistory(time);
        for (var n = 1; n <= 1_000; n++) history.Add(Trace(n, time));
        Assert.Equal(Enumerable.Range(801, 200).Reverse().Select(n => $"{n}"), history.Latest(1_000).Select(trace => trace.Id));
        Assert.Equal(Enumerable.Range(951, 50).Reverse().Select(n => $"{n}"), history.Slowest(1_000).Select(trace => trace.Id));
        Assert.Equal(3, history.Latest(3).Count);
        Assert.Empty(history.Latest(-1));
        Assert.Empty(history.Slowest(0));
        Assert.NotNull(history.Find("801"));
        Assert.Null(history.Find("800"));

        time.Advance(TimeSpan.FromMinutes(59));
        history.Add(Trace(1, time));
        Assert.Equal(50, history.Slowest(100).Count);
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Empty(history.Slowest(100));
        Assert.Equal(200, history.Latest(1_000).Count);
    }

    [Fact]
    public async Task Readers_and_writers_at_once_see_whole_lists()
    {
        var history = new RequestHistory(TimeProvider.System);
        var written = 0;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var n = 0; n < 5_000; n++)
            {
                history.Add(Trace(Interlocked.Increment(ref written), TimeProvider.System));
                Assert.DoesNotContain(null, history.Latest(200));
                Assert.True(history.Slowest(50) is { Count: <= 50 });
            }
        })));
        Assert.Equal(200, history.Latest(500).DistinctBy(trace => trace.Id).Count());
    }

    private static (int Status, string Route) Told(RequestTrace trace) => (trace.Status, trace.Route);

    private static RequestTrace Trace(int n, TimeProvider time) => new()
    {
        Id = $"{n}",
        Method = "GET",
        Route = "/",
        Status = 200,
        StartedAt = time.GetUtcNow(),
        Duration = TimeSpan.FromMilliseconds(n),
        Statements = 0,
        RoundTrips = 0,
        DatabaseTime = TimeSpan.Zero,
    };
}

using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Npgsql;
using Roadworthy.Queries.Tests.Support;

namespace Roadworthy.Queries.Tests.Requests;

public sealed class NPlusOneTests(Shop shop)
{
    // The call is in a helper: it is the helper's line that sends.
    private static readonly string Line = Source.LineOf("await using var reader = await command.ExecuteReaderAsync();", "Handlers.cs");

    [Fact]
    public async Task A_naive_endpoint_is_named_by_log_header_metric_span_and_history()
    {
        var events = new List<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                lock (events) events.AddRange(activity.Events.Select(one => $"{one.Name}: {one.Tags.FirstOrDefault(tag => tag.Key == "code.place").Value}"));
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var site = await Site.StartAsync(shop, app => app.MapGet("/naive/{users}", Handlers.NaiveAsync), environment: "Development");
        using var answer = await site.Client.GetAsync("/naive/37");

        Assert.Contains(answer.Headers.GetValues("Server-Timing"), value => value.StartsWith("db;dur=", StringComparison.Ordinal) && value.EndsWith("desc=\"38 statements in 38 round trips\"", StringComparison.Ordinal));
        Assert.Contains(answer.Headers.GetValues("Server-Timing"), value => value.StartsWith("n-plus-one;dur=", StringComparison.Ordinal) && value.EndsWith($"desc=\"37 x at {Line}\"", StringComparison.Ordinal));
        await Eventually.TrueAsync("the request is kept", () => site.History.Latest(1).Count == 1);
        var trace = site.History.Latest(1)[0];
        Assert.Equal(("GET", "/naive/{users}", 200, 38, 38, 148L), (trace.Method, trace.Route, trace.Status, trace.Statements, trace.RoundTrips, trace.RowsRead));
        var repeat = Assert.Single(trace.Repeats);
        Assert.Equal((37, 37, true, Line, "Handlers.ReadAsync"), (repeat.Count, repeat.DifferentValues, repeat.IsNPlusOne, repeat.SourceLine, repeat.Method));
        Assert.Equal($"N+1: one statement 37 times with 37 different values, from {Line}: SELECT id FROM orders WHERE user_id = ?", Assert.Single(trace.Findings).Text);
        Assert.Equal($"GET /naive/{{users}}: N+1: one statement 37 times with 37 different values, from {Line}: SELECT id FROM orders WHERE user_id = ?", Assert.Single(site.Records.Of(6001)));
        Assert.Equal((1d, 38d), (site.Metrics.Of("n_plus_one", "/naive/{users}"), site.Metrics.Of("statements", "/naive/{users}")));
        Assert.True(site.Metrics.Of("duration", "/naive/{users}") > 0);
        await Eventually.TrueAsync("the span has the event", () =>
        {
            lock (events) return events.Contains($"roadworthy.queries.n_plus_one: {Line}");
        });
    }

    [Fact]
    public async Task Requests_at_once_each_count_their_own()
    {
        await using var site = await Site.StartAsync(shop, app => app.MapGet("/send/{statements}", async (int statements, NpgsqlDataSource source) =>
        {
            // Half of them side by side.
            await Task.WhenAll(Enumerable.Range(0, statements / 2).Select(n => Handlers.ReadAsync(source, "SELECT $1::int", n)));
            await Handlers.SendAsync(source, statements - (statements / 2));
            return "x";
        }));
        await Task.WhenAll(Enumerable.Range(1, 20).Select(n => site.Client.GetStringAsync($"/send/{n}")));
        await Eventually.TrueAsync("all are kept", () => site.History.Latest(100).Count == 20);
        Assert.Equal(Enumerable.Range(1, 20), site.History.Latest(100).Select(trace => trace.Statements).Order());
    }

    [Fact]
    public async Task In_production_the_answer_tells_nothing()
    {
        await using var site = await Site.StartAsync(shop, app => app.MapGet("/naive", (NpgsqlDataSource source) => Handlers.NaiveAsync(source)));
        using var answer = await site.Client.GetAsync("/naive");
        Assert.False(answer.Headers.Contains("Server-Timing"));
        await Eventually.TrueAsync("it is logged all the same", () => site.Records.Of(6001).Count == 1);
    }

    [Fact]
    public async Task Work_that_outlives_its_request_is_nobody_s()
    {
        var (answered, ended) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var site = await Site.StartAsync(shop, app => app.MapGet("/late", async (NpgsqlDataSource source) =>
        {
            await Handlers.SendAsync(source, 1);
            _ = Task.Run(async () =>
            {
                await answered.Task;
                await Handlers.SendAsync(source, 10);
                ended.SetResult();
            });
            return "x";
        }));
        var trace = await site.TraceAsync("/late");
        answered.SetResult();
        await ended.Task;
        Assert.Equal((1, 1), (trace.Statements, site.History.Find(trace.Id)!.Statements));
        Assert.Empty(site.Records.Of(6001));
    }
}

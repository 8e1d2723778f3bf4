using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Roadworthy.Input.Tests.Endpoints;
using Roadworthy.Input.Tests.Support;

namespace Roadworthy.Input.Tests.Problems;

/// <summary>What is logged and counted of a refused request.</summary>
public sealed class RefusalTests
{
    [Fact]
    public async Task A_refused_request_is_one_line_with_keys_and_rules_and_without_values()
    {
        await using var app = await StartAsync();

        await app.PostAsync("/orders?v=secret1", """{"quantity":"secret2","note":"\u0000"}""");

        var line = Assert.Single(app.Logs.Ours);
        Assert.Equal(LogLevel.Information, line.Level);
        Assert.Equal("HTTP: POST /orders refused a request for 3 errors: query:v (type), /quantity (type), /note (text)", line.Message);
    }

    [Fact]
    public async Task Keys_that_a_client_chose_are_few_and_short_and_break_no_line()
    {
        await using var app = await TestApp.StartAsync(a => a.MapPost("/", (Dictionary<string, int> map) => "ran"));
        var members = Enumerable.Range(0, 30).Select(i => $"\"{new string('k', 5_000)}\\n{i}\":\"x\"").Prepend("\"a\\r\\nb\":\"x\"");

        await app.PostAsync("/", $"{{{string.Join(',', members)}}}");

        var message = Assert.Single(app.Logs.Ours).Message;
        Assert.StartsWith("HTTP: POST / refused a request for 31 errors: /a??b (type), /kkkk", message, StringComparison.Ordinal);
        Assert.EndsWith("... (type) and 11 more", message, StringComparison.Ordinal);
        Assert.InRange(message.Length, 1_000, 3_000);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public async Task A_request_that_is_refused_as_a_whole_is_one_line()
    {
        await using var app = await StartAsync(input => input.MaxBodyBytes = 10);

        await app.PostAsync("/orders", """{"quantity":1}""");
        await app.PostAsync("/orders", "x"u8.ToArray(), "text/plain");

        Assert.Equal(
            ["HTTP: POST /orders refused a request with 413", "415 HTTP Unsupported Media Type refused a request with 415"],
            app.Logs.Ours.Select(line => line.Message));
    }

    [Fact]
    public async Task A_clean_request_is_no_line()
    {
        await using var app = await StartAsync();

        (await app.PostAsync("/orders", """{"quantity":1,"unknown":2}""")).IsOk("ran");

        Assert.Empty(app.Logs.Ours);
    }

    [Fact]
    public async Task Refused_requests_are_counted_once_for_each_rule()
    {
        await using var app = await StartAsync();
        var counts = new ConcurrentDictionary<string, long>(StringComparer.Ordinal);
        using var listener = Listen(app, (rule, value) => counts.AddOrUpdate(rule, value, (_, sum) => sum + value));

        await app.PostAsync("/orders?v=x", """{"quantity":"x","note":"\u0000"}""");
        await app.PostAsync("/orders?v=x", """{"quantity":1}""");
        await app.PostAsync("/orders", """{"quantity":1}""");

        Assert.Equal(["text 1", "type 2"], counts.Select(count => $"{count.Key} {count.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_listener_that_fails_costs_nobody_the_answer()
    {
        await using var app = await StartAsync();
        using var listener = Listen(app, (_, _) => throw new InvalidOperationException("mine"));

        Assert.Equal(["query:v type"], (await app.PostAsync("/orders?v=x", """{"quantity":1}""")).Rules);
    }

    private static Task<TestApp> StartAsync(Action<InputOptions>? options = null) =>
        TestApp.StartAsync(a => a.MapPost("/orders", (Order order, int? v) => "ran"), options: options);

    private static MeterListener Listen(TestApp app, Action<string, long> count)
    {
        var owner = app.Services.GetRequiredService<IMeterFactory>();
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (instrument is { Name: "roadworthy.input.requests.refused", Meter.Name: "Roadworthy.Input" } && instrument.Meter.Scope == owner) l.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => count((string)tags[0].Value!, value));
        listener.Start();
        return listener;
    }
}

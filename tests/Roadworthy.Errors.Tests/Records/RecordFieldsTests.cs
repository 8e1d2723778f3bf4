using System.Diagnostics;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Roadworthy.Errors.Tests.Support;

namespace Roadworthy.Errors.Tests.Records;

public sealed class RecordFieldsTests
{
    [Fact]
    public void A_record_has_time_level_category_event_message_template_and_named_values()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 12, 30, 15, 250, TimeSpan.Zero));
        using var recorder = new Recorder(services: s => s.AddSingleton<TimeProvider>(time));
        recorder.Log.LogWarning(new EventId(17, "OrderLate"), "Order {OrderId} is {Late:c} late, {Note}", 42, TimeSpan.FromMinutes(5), null);
        recorder.Dispose();

        Assert.Equal(
            """
            {"timestamp":"2026-11-23T12:30:15.2500000Z","level":"Warning","category":"Shop.Orders","eventId":17,"eventName":"OrderLate",
            "message":"Order 42 is 00:05:00 late, (null)","template":"Order {OrderId} is {Late:c} late, {Note}",
            "state":{"OrderId":42,"Late":"00:05:00","Note":null}}
            """.ReplaceLineEndings(""),
            recorder.Output.Text.TrimEnd());
    }

    [Fact]
    public void Secrets_in_message_values_and_scopes_are_masked()
    {
        var record = Recorder.RecordOf(log =>
        {
            using var scope = log.BeginScope("session {SessionToken}", "Tr0ub4dor");
            using var second = log.BeginScope(new Dictionary<string, object?>(StringComparer.Ordinal) { ["cookie"] = "Tr0ub4dor", ["tenant"] = "t-1" });
            log.LogError("user {User} with {Password} and {{braces}} from {Source}", "ann", "Tr0ub4dor", "postgres://a:Tr0ub4dor@db");
        });

        Assert.DoesNotContain("Tr0ub4dor", record.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("user ann with *** and {braces} from postgres://a:***@db", record.At("message"));
        Assert.Equal("***", record.At("state.Password"));
        Assert.Equal("***", record.At("scopes.0.SessionToken"));
        Assert.Equal("t-1", record.At("scopes.1.tenant"));
    }

    [Fact]
    public void A_record_outside_of_a_request_has_the_trace_it_runs_in()
    {
        using var activity = new Activity("job").Start();

        var record = Recorder.RecordOf(log => log.LogError("in a job"));

        Assert.Equal(activity.TraceId.ToHexString(), record.At("traceId"));
        Assert.Equal(activity.SpanId.ToHexString(), record.At("spanId"));
        Assert.False(record.Has("requestId"));
    }

    [Fact]
    public async Task A_record_of_a_request_has_its_id_method_route_user_and_session_and_not_its_path()
    {
        await using var app = await TestApp.StartAsync(a =>
        {
            a.UseRoadworthyErrors();
            a.Use((context, next) =>
            {
                context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", "u-1"), new Claim("sid", "s-1")], "test"));
                return next(context);
            });
            a.MapGet("/reset/{token}", (string token, ILogger<RecordFieldsTests> log, HttpContext context) =>
            {
                log.LogError("in a request");
                return context.TraceIdentifier;
            });
        });

        var answer = await app.GetAsync("/reset/one-time-token");

        var record = Assert.Single(await app.StopAsync(), r => r.At("message") is "in a request");
        Assert.Equal(answer.Body, record.At("requestId"));
        Assert.Equal(("GET", "/reset/{token}", "u-1", "s-1"), (record.At("method"), record.At("route"), record.At("userId"), record.At("sessionId")));
        Assert.DoesNotContain("one-time-token", record.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Work_that_outlives_its_request_still_gives_records()
    {
        var go = new TaskCompletionSource();
        Task? work = null;
        await using var app = await TestApp.StartAsync(a => a.MapGet("/", (ILogger<RecordFieldsTests> log, IHttpContextAccessor accessor) =>
        {
            var context = accessor.HttpContext;
            work = Task.Run(async () =>
            {
                await go.Task;
                accessor.HttpContext = context;
                log.LogError("after the request");
            });
        }));
        await app.GetAsync("/");
        go.SetResult();
        await work!;

        Assert.Single(await app.StopAsync(), r => r.At("message") is "after the request");
    }

    [Fact]
    public void Values_of_any_type_are_written_and_bounded()
    {
        var lazy = Enumerable.Range(0, 10).Where(i => i > 5 ? throw new InvalidOperationException("walked") : true);

        var record = Recorder.RecordOf(log => log.LogError(
            "{A} {B} {C} {D} {E} {F}", Guid.Empty, new byte[3], new[] { 1, 2 }, double.NaN, lazy.GetType().Name, Enumerable.Range(0, 100).ToArray()));

        var state = record.ElementAt("state");
        Assert.Equal("<3 bytes>", state.At("B"));
        Assert.Equal("[1,2]", state.At("C"));
        Assert.Equal("NaN", state.At("D"));
        Assert.Equal("skipped 36", state.At("F.64"));
        Assert.Equal(JsonValueKind.String, state.ElementAt("A").ValueKind);
    }
}

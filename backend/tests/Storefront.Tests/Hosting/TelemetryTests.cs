using System.Diagnostics;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using Storefront.Tests.Support;

namespace Storefront.Tests.Hosting;

public sealed class TelemetryTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const string Password = "a-password-that-nobody-else-has";
    private const string TraceId = "0123456789abcdef0123456789abcdef";

    private OtlpReceiver _receiver = null!;
    private StorefrontHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _receiver = await OtlpReceiver.StartAsync();
        var database = await postgres.CloneAsync();
        _host = await StorefrontHost.StartAsync(
            database.ConnectionString,
            database,
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _receiver.Address,
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            },
            map: app =>
            {
                app.MapGet("/test/call", async (CancellationToken cancel) =>
                {
                    using var client = new HttpClient();
                    (await client.GetAsync(new Uri($"{_receiver.Address}/echo"), cancel)).EnsureSuccessStatusCode();
                }).AllowAnonymous();
                app.MapGet("/test/fail", (ILogger<TelemetryTests> log) =>
                {
                    var error = new InvalidOperationException($"Host=db;Password={Password}");
                    log.LogError(error, "Signing in with Password={Password} failed", Password);
                    throw error;
                }).AllowAnonymous();
            });
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task Traces_metrics_and_logs_leave_with_route_user_and_session_and_without_secrets()
    {
        var email = People.NewEmail();
        await _host.Anonymous.PostAsJsonAsync("/api/signup", new { email, password = Password, name = "A Person", age = 42 }).ShouldBeAsync(201);
        var token = await _host.LogInAsync(email, Password);
        var me = await TracedAsync("/api/me", token).ShouldBeAsync(200);
        await _host.Anonymous.GetAsync("/test/fail").ShouldBeProblemAsync(500);

        // Disposing flushes the exporters.
        await _host.DisposeAsync();

        Assert.True(_receiver.HoldsBytes("traces", TraceId), "The incoming trace id is not on a span.");
        Assert.True(_receiver.Holds("traces", "/api/me"), "No span has the route.");
        Assert.True(_receiver.Holds("traces", me.GetProperty("id").GetString()!), "No span has the user's id.");
        Assert.True(_receiver.Holds("traces", "session.id"), "No span has the session's id.");
        Assert.True(_receiver.Holds("traces", "FROM users"), "No span has a statement.");
        Assert.True(_receiver.Holds("metrics", "http.server.request.duration"), "No request metrics.");
        Assert.True(_receiver.Holds("metrics", "db.client"), "No database metrics.");
        Assert.True(_receiver.Holds("logs", "Signing in with"), "No log record.");
        Assert.True(_receiver.Holds("logs", "InvalidOperationException"), "The log record has lost its exception.");
        foreach (var signal in (string[])["traces", "metrics", "logs"])
        {
            Assert.False(_receiver.Holds(signal, Password), $"The password is in the {signal}.");
            Assert.False(_receiver.Holds(signal, token), $"The access token is in the {signal}.");
            Assert.False(_receiver.Holds(signal, email), $"The e-mail address is in the {signal}.");
        }
    }

    [Fact]
    public async Task The_trace_goes_on_in_calls_to_others()
    {
        await TracedAsync("/test/call").ShouldBeAsync(200);
        Assert.StartsWith($"00-{TraceId}-", _receiver.TraceParent, StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> TracedAsync(string path, string? token = null)
    {
        // The client is in the same process: it would put the trace of its own span in the place of ours.
        using var suppressed = SuppressInstrumentationScope.Begin();
        using var handler = new SocketsHttpHandler { ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator() };
        using var client = new HttpClient(handler) { BaseAddress = _host.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("traceparent", $"00-{TraceId}-0123456789abcdef-01");
        if (token is not null) request.Headers.Authorization = new("Bearer", token);
        return await client.SendAsync(request);
    }
}

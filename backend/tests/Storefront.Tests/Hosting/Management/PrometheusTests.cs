using Storefront.Tests.Support;

namespace Storefront.Tests.Hosting.Management;

/// <summary>A real Prometheus scrapes a running backend, evaluates the example alerts, and answers every query of the dashboard.</summary>
public sealed class PrometheusTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_real_Prometheus_scrapes_a_running_backend_and_knows_every_metric_that_alerts_and_dashboard_ask_for()
    {
        PrometheusServer.Require();
        await using var database = await postgres.CloneAsync();
        await using var mails = TemporaryFolder.Create();
        await using var backend = BackendProcess.Deployed(
            database.ConnectionString, $"--Storefront:Mail:Folder={mails.Path}", "--Storefront:Mail:From=shop@example.com", "--Storefront:FreeLogInAttempts=1");
        using var client = new HttpClient { BaseAddress = await backend.AddressAsync() };
        await using var prometheus = await PrometheusServer.StartAsync(await backend.ManagementAsync());
        await UseAsync(client, await Shop.StockUpAsync(database.ConnectionString, stock: 5));

        await SeesAsync(prometheus, """sum(http_server_request_duration_seconds_count{http_route="/api/orders/",http_response_status_code="201"})""", 2);
        await SeesAsync(prometheus, """sum(http_server_request_duration_seconds_count{http_response_status_code="404"})""", 1);
        await SeesAsync(prometheus, """sum(db_client_operation_duration_seconds_count{db_client_connection_pool_name="storefront"}) > bool 0""", 1);
        await SeesAsync(prometheus, """sum(db_client_connection_max{db_client_connection_pool_name="storefront sessions"})""", 20);
        await SeesAsync(prometheus, """sum(roadworthy_sessions_events_total{kind="signed_in"})""", 1);
        await SeesAsync(prometheus, """sum(roadworthy_sessions_refreshes_total{verdict="rotated"})""", 1);
        await SeesAsync(prometheus, "sum(roadworthy_sessions_revocations_heard)", 1);
        await SeesAsync(prometheus, """sum(roadworthy_idempotency_requests_total{outcome="done"})""", 1);
        await SeesAsync(prometheus, """sum(roadworthy_idempotency_requests_total{outcome="replayed"})""", 1);
        await SeesAsync(prometheus, "sum(roadworthy_input_requests_refused_total)", 1);
        await SeesAsync(prometheus, "sum(roadworthy_errors_records_written_total) > bool 10", 1);
        await SeesAsync(prometheus, """sum(storefront_mail_attempts_total{kind="confirm_email",outcome="sent"})""", 1);
        await SeesAsync(prometheus, "sum(storefront_log_ins_throttled_total) > bool 0", 1);
        Assert.Equal(0, (await prometheus.NamesAsync()).Count(name => name.EndsWith("_created", StringComparison.Ordinal)));

        var foreign = (await prometheus.NamesAsync()).Where(name => !IsOurs(name)).ToHashSet(StringComparer.Ordinal);
        foreach (var (panel, query) in MonitoringFiles.DashboardQueries())
        {
            await prometheus.QueryAsync(query);
            Assert.True(MonitoringFiles.Names(query).Where(name => !IsOurs(name)).All(foreign.Contains), $"'{panel}' asks for what nobody measures: {query}");
        }

        Assert.Empty(MonitoringFiles.Names(MonitoringFiles.Alerts).Where(name => !IsOurs(name)).Except(foreign, StringComparer.Ordinal));
        await Eventually.TrueAsync("every alert was evaluated", async () =>
        {
            var rules = await prometheus.RulesAsync();
            Assert.Equal(MonitoringFiles.AlertNames, rules.Select(rule => rule.GetProperty("name").GetString()!));
            Assert.Empty(rules.Where(rule => rule.GetProperty("health").GetString() == "err"));
            return rules.All(rule => rule.GetProperty("health").GetString() == "ok");
        });
        Assert.Empty((await prometheus.RulesAsync()).Where(rule => rule.GetProperty("state").GetString() == "firing"));

        backend.Kill();
        await Eventually.TrueAsync("the killed instance is missed", async () =>
            (await prometheus.RulesAsync()).Any(rule => rule.GetProperty("name").GetString() == "StorefrontDown" && rule.GetProperty("state").GetString() != "inactive"));
    }

    private static bool IsOurs(string name) => name.StartsWith("roadworthy_", StringComparison.Ordinal) || name.StartsWith("storefront_", StringComparison.Ordinal);

    private static Task<TimeSpan> SeesAsync(PrometheusServer prometheus, string query, double value) =>
        Eventually.TrueAsync($"Prometheus answers {value} to {query}", async () => await prometheus.SumAsync(query) is var answer && answer == value);

    private static async Task UseAsync(HttpClient client, string sku)
    {
        var account = new { email = People.NewEmail(), password = People.Password, name = "A Person", age = 42 };
        await client.PostValueAsync("/api/signup", account).ShouldBeAsync(201);
        var tokens = await client.PostValueAsync("/api/login", account).ShouldBeAsync(200);
        await client.PostValueAsync("/api/token/refresh", new { refreshToken = tokens.GetProperty("refreshToken").GetString() }).ShouldBeAsync(200);
        await client.PostValueAsync("/api/signup", account with { age = 0 }).ShouldBeAsync(400);
        for (var guess = 0; guess < 3; guess++) await client.PostValueAsync("/api/login", new { email = "victim@example.com", password = "wrong wrong" });
        await client.ReadAsync("/api/nowhere").ShouldBeAsync(404);
        client.DefaultRequestHeaders.Authorization = new("Bearer", tokens.GetProperty("accessToken").GetString());
        var key = Guid.NewGuid().ToString();
        for (var time = 0; time < 2; time++)
        {
            using var order = new HttpRequestMessage(HttpMethod.Post, "/api/orders") { Content = Requests.Json($$"""{"items":[{"sku":"{{sku}}","quantity":1}]}""") };
            order.Headers.Add("Idempotency-Key", key);
            await client.AskAsync(order).ShouldBeAsync(201);
        }
    }
}

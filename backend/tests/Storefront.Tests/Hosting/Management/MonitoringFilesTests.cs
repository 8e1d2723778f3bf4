using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Roadworthy.Testing;
using Storefront.Tests.Support;

namespace Storefront.Tests.Hosting.Management;

public sealed partial class MonitoringFilesTests(StorefrontFixture fixture) : IClassFixture<StorefrontFixture>
{
    [Fact]
    public async Task The_alerts_are_told_when_they_should_be_and_not_before()
    {
        PrometheusServer.Require();
        foreach (var arguments in (string[][])[["check", "config", "prometheus.yml"], ["check", "rules", "alerts.yml"], ["test", "rules", "alerts.test.yml"]])
        {
            await using var promtool = ServerProcess.Start("promtool", [.. arguments[..2], Path.Combine(PrometheusServer.Monitoring, arguments[2])]);
            await promtool.WaitForOutputAsync("SUCCESS");
            Assert.DoesNotContain("FAILED", promtool.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_alert_has_a_test_and_a_paragraph_of_the_guide_that_it_links_to()
    {
        var (tests, guide) = (MonitoringFiles.Read("alerts.test.yml"), MonitoringFiles.Read("../../docs/guides/monitoring.md"));
        var address = RepositoryUrl().Match(MonitoringFiles.Read("../../Directory.Build.props")).Groups[1].Value;
        Assert.NotEmpty(MonitoringFiles.AlertNames);
        foreach (var alert in MonitoringFiles.AlertNames)
        {
            Assert.Contains($"alertname: {alert}\n        exp_alerts: []", tests, StringComparison.Ordinal);
            Assert.Contains($"alertname: {alert}\n        exp_alerts:\n", tests, StringComparison.Ordinal);
            Assert.Contains($"### {alert}\n", guide, StringComparison.Ordinal);
            Assert.Contains($"runbook_url: {address}/blob/main/docs/guides/monitoring.md#{alert.ToLowerInvariant()}\n", MonitoringFiles.Alerts, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_guide_tells_of_every_instrument_of_ours_and_of_no_other()
    {
        var told = Told().Matches(MonitoringFiles.Read("../../docs/guides/monitoring.md")).Select(name => name.Groups[1].Value).ToList();
        Assert.Equal((await InstrumentsAsync()).Keys.Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Alerts_and_dashboard_name_no_metric_that_there_is_not()
    {
        var known = (await InstrumentsAsync()).SelectMany(instrument => instrument.Value);
        var named = MonitoringFiles.DashboardQueries().SelectMany(query => MonitoringFiles.Names(query.Query)).Concat(MonitoringFiles.Names(MonitoringFiles.Alerts))
            .Where(name => name.StartsWith("roadworthy_", StringComparison.Ordinal) || name.StartsWith("storefront_", StringComparison.Ordinal));
        Assert.Empty(named.Except(known, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_instrument_of_ours_is_named_by_its_guard_and_says_what_it_measures()
    {
        foreach (var (name, _) in await InstrumentsAsync()) Assert.Matches(@"^(roadworthy\.(errors|idempotency|input|queries|sessions)|storefront)(\.[a-z_]+)+$", name);
    }

    /// <summary>Every instrument of the guards and the backend: its name, and what Prometheus calls it.</summary>
    private async Task<Dictionary<string, string[]>> InstrumentsAsync()
    {
        // Some are made with the first request that they count.
        var buyer = await fixture.Host.BuyerAsync();
        var sku = await fixture.Host.StockUpAsync(1);
        await fixture.Host.Anonymous.ReadAsync("/api/products?limit=0").ShouldBeAsync(400);
        await fixture.Host.Anonymous.PostValueAsync("/api/login", new { email = People.NewEmail(), password = People.Password }).ShouldBeAsync(401);
        using var order = new HttpRequestMessage(HttpMethod.Post, "/api/orders") { Content = Requests.Json($$"""{"items":[{"sku":"{{sku}}","quantity":1}]}""") };
        order.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        await buyer.Client.AskAsync(order).ShouldBeAsync(201);

        var found = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var owner = fixture.Host.Services.GetRequiredService<IMeterFactory>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Scope != owner || !(instrument.Meter.Name == "Storefront" || instrument.Meter.Name.StartsWith("Roadworthy.", StringComparison.Ordinal))) return;
                Assert.False(string.IsNullOrWhiteSpace(instrument.Description), instrument.Name);
                found[instrument.Name] = Exported(instrument);
            },
        };
        listener.Start();
        return found;
    }

    // As OpenTelemetry's exporter names them.
    private static string[] Exported(Instrument instrument)
    {
        var name = instrument.Name.Replace('.', '_') + instrument.Unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
        var kind = instrument.GetType().Name;
        if (kind.StartsWith("Histogram", StringComparison.Ordinal)) return [$"{name}_bucket", $"{name}_sum", $"{name}_count"];
        return [kind.StartsWith("Counter", StringComparison.Ordinal) || kind.StartsWith("ObservableCounter", StringComparison.Ordinal) ? $"{name}_total" : name];
    }

    [GeneratedRegex(@"^\| `((roadworthy|storefront)\.[a-z_.]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Told();

    [GeneratedRegex("<RepositoryUrl>(.+?)</RepositoryUrl>")]
    private static partial Regex RepositoryUrl();
}

using System.Text.Json;
using System.Text.RegularExpressions;
using Storefront.Tests.Support;

namespace Storefront.Tests.Hosting.Management;

/// <summary>The files of <c>backend/monitoring</c>, and the metrics that they name.</summary>
internal static partial class MonitoringFiles
{
    public static string Alerts => Read("alerts.yml");

    public static string Read(string name) => File.ReadAllText(Path.Combine(PrometheusServer.Monitoring, name));

    public static IReadOnlyList<string> AlertNames => [.. Alert().Matches(Alerts).Select(alert => alert.Groups[1].Value)];

    /// <summary>Every query of the dashboard, with its variables as Grafana would fill them in.</summary>
    public static IReadOnlyList<(string Panel, string Query)> DashboardQueries()
    {
        using var dashboard = JsonDocument.Parse(Read("grafana-dashboard.json"));
        return
        [
            .. from panel in dashboard.RootElement.GetProperty("panels").EnumerateArray()
               where panel.GetProperty("type").GetString() != "row"
               from target in panel.GetProperty("targets").EnumerateArray()
               select (panel.GetProperty("title").GetString()!, target.GetProperty("expr").GetString()!
                   .Replace("$instance", ".*", StringComparison.Ordinal).Replace("$__rate_interval", "1m", StringComparison.Ordinal)),
        ];
    }

    /// <summary>The metrics that a query, or a file of alerts, names.</summary>
    public static IEnumerable<string> Names(string query) =>
        Metric().Matches(Selectors().Replace(query, "")).Select(name => name.Value).Distinct(StringComparer.Ordinal);

    [GeneratedRegex(@"\{[^}]*\}|\b(by|on) \([^)]*\)|description:.*|summary:.*", RegexOptions.ExplicitCapture)]
    private static partial Regex Selectors();

    [GeneratedRegex(@"\b(http|db|dotnet|kestrel|aspnetcore|roadworthy|storefront)_\w+", RegexOptions.ExplicitCapture)]
    private static partial Regex Metric();

    [GeneratedRegex(@"- alert: (\w+)")]
    private static partial Regex Alert();
}

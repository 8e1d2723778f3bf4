using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Roadworthy.Testing;

namespace Storefront.Tests.Support;

/// <summary>A Prometheus of a test's own, with the configuration and the alerts of this repository: its port and its data are its own, too.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly ServerProcess _process;
    private readonly HttpClient _client;

    private PrometheusServer(TemporaryFolder folder, ServerProcess process, Uri address) => (_folder, _process, _client) = (folder, process, new() { BaseAddress = address });

    public static string Monitoring { get; } = FindMonitoring();

    /// <summary>Skips the test where Prometheus is not installed.</summary>
    public static void Require() => Assert.SkipUnless(
        Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "prometheus")) && File.Exists(Path.Combine(folder, "promtool"))),
        "Prometheus is not on PATH (Debian's package: prometheus).");

    public static async Task<PrometheusServer> StartAsync(Uri target)
    {
        var folder = TemporaryFolder.Create();
        File.Copy(Path.Combine(Monitoring, "alerts.yml"), folder.Sub("alerts.yml"));
        var configuration = await File.ReadAllTextAsync(Path.Combine(Monitoring, "prometheus.yml"));
        await File.WriteAllTextAsync(folder.Sub("prometheus.yml"), configuration
            .Replace("127.0.0.1:9464", target.Authority, StringComparison.Ordinal).Replace("15s", "2s", StringComparison.Ordinal));
        // It tells nobody which port it took where it is to choose one: another may be quicker.
        for (var attempt = 1; ; attempt++)
        {
            var port = FreePort();
            var process = ServerProcess.Start(
                "prometheus", [$"--config.file={folder.Sub("prometheus.yml")}", $"--storage.tsdb.path={folder.Sub("data")}", $"--web.listen-address=127.0.0.1:{port}"]);
            try
            {
                await process.WaitForOutputAsync("Server is ready to receive web requests");
                return new(folder, process, new($"http://127.0.0.1:{port}"));
            }
            catch (TimeoutException) when (attempt < 3)
            {
                await process.DisposeAsync();
            }
        }
    }

    /// <summary>What it answers to a query now: each series' labels, and its value.</summary>
    public async Task<List<(JsonElement Labels, string Value)>> QueryAsync(string query)
    {
        var data = await AskAsync($"/api/v1/query?query={Uri.EscapeDataString(query)}");
        return [.. data.GetProperty("result").EnumerateArray().Select(series => (series.GetProperty("metric"), series.GetProperty("value")[1].GetString()!))];
    }

    public async Task<double> SumAsync(string query) =>
        (await QueryAsync(query)).Sum(series => double.Parse(series.Value, System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Every name of a metric that it has seen.</summary>
    public async Task<HashSet<string>> NamesAsync() =>
        [.. (await AskAsync("/api/v1/label/__name__/values")).EnumerateArray().Select(name => name.GetString()!)];

    public async Task<List<JsonElement>> RulesAsync() =>
        [.. (await AskAsync("/api/v1/rules")).GetProperty("groups").EnumerateArray().SelectMany(group => group.GetProperty("rules").EnumerateArray())];

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _process.DisposeAsync();
        await _folder.DisposeAsync();
    }

    private async Task<JsonElement> AskAsync(string path)
    {
        var answer = await _client.GetAsync(path);
        var body = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
        Assert.True(body.GetProperty("status").GetString() == "success", $"{Uri.UnescapeDataString(path)}: {body}");
        return body.GetProperty("data");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string FindMonitoring()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Roadworthy.slnx"))) folder = folder.Parent;
        return Path.Combine(folder!.FullName, "backend", "monitoring");
    }
}

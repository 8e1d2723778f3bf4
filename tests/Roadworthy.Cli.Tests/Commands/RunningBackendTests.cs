using Roadworthy.Cli.Tests.Support;
using Roadworthy.Inspection.Backend;
using Roadworthy.Inspection.Findings;
using Roadworthy.Inspection.Reports;
using Roadworthy.Postgres;

namespace Roadworthy.Cli.Tests.Commands;

[Trait("Category", "Long")]
public sealed class RunningBackendTests : IDisposable
{
    private readonly Folder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_backend_that_runs_already_is_inspected_and_what_needs_its_statements_is_inconclusive()
    {
        await using var server = await PostgresServer.StartAsync(ct: Ct);
        await server.CreateDatabaseAsync("shop", Ct);
        await using var host = new BackendHost(new BackendOptions { Command = "node server.js", Directory = Folder.Fixture("plain-backend"), Migrate = "" }, server.GetConnectionString("shop"));
        var backend = await host.StartAsync(Ct);

        var printed = await Printed.RunAsync(_folder.Path, "inspect", "--url", $"{backend.Address}", "--database", server.GetConnectionString("shop"), "--database-is-disposable", "-o", "out");
        Assert.True(printed.Code == 1, printed.ToString());
        var (run, results, isComplete) = Journal.Read(_folder["out"]);
        Assert.Null(run.Command);
        Assert.True(isComplete);
        Assert.Contains(results, result => result is { Rule: "RW150", Endpoint: "GET /said", Verdict: Verdict.Fail });
        Assert.False(backend.HasExited);
        var password = new Npgsql.NpgsqlConnectionStringBuilder(server.GetConnectionString("shop")).Password!;
        foreach (var file in Directory.GetFiles(_folder["out"])) Assert.DoesNotContain(password, await File.ReadAllTextAsync(file, Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recording_of_its_traffic_describes_a_backend()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        stop.CancelAfter(TimeSpan.FromMinutes(2));
        var ready = new Announcement();
        var recording = Tool.RunAsync(["inspect", "node server.js", "-d", Folder.Fixture("plain-backend"), "-o", "out", "--record"], new Surroundings { Probes = [], Output = ready, Error = TextWriter.Null, Directory = _folder.Path }, stop.Token);
        var address = await await Task.WhenAny(ready.Address, recording.ContinueWith(_ => "", TaskScheduler.Default));
        using (var client = new HttpClient())
        {
            Assert.Contains("broken", await client.GetStringAsync(new Uri($"{address}said"), Ct), StringComparison.Ordinal);
        }

        await stop.CancelAsync();
        Assert.Equal(0, await recording);
        var printed = await Printed.RunAsync(_folder.Path, "inspect", "node server.js", "-d", Folder.Fixture("plain-backend"), "-o", "inspected", "--api", "out/recorded.har");
        Assert.True(printed.Code == 1, printed.ToString());
        Assert.Equal(["GET /said"], Journal.Read(_folder["inspected"]).Results.Where(result => result.Rule == "RW150").Select(result => result.Endpoint));
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Waits for the address that is printed.</summary>
    private sealed class Announcement : StringWriter
    {
        private readonly TaskCompletionSource<string> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Address => _address.Task;

        public override void WriteLine(string? value)
        {
            if (value?.Split(' ').FirstOrDefault(word => word.StartsWith("http", StringComparison.Ordinal)) is { } address) _address.TrySetResult(address.TrimEnd(':'));
        }
    }
}

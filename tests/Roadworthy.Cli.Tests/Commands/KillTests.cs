using Roadworthy.Cli.Tests.Support;
using Roadworthy.Inspection.Reports;

namespace Roadworthy.Cli.Tests.Commands;

[Trait("Category", "Long")]
public sealed class KillTests : IDisposable
{
    private readonly Folder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Making a PostgreSQL")]
    [InlineData("Starting 'node server.js'")]
    [InlineData("quick: RW150")]
    [InlineData("long: RW550")]
    public async Task Killed_at_any_moment_it_leaves_no_process_and_no_database_behind(string moment)
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("What is left behind is seen in /proc.");
        using var process = await StoppedAtAsync(moment, process => process.Kill());
        await process.EndAsync(Ct);
        Assert.Empty(await process.LeftAsync(Ct));
        Assert.DoesNotContain(Directory.GetFiles(_folder["out"]), file => file.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Killed_it_keeps_the_findings_so_far_and_reports_are_made_of_them()
    {
        using (var process = await StoppedAtAsync("long: RW550", process => process.Kill()))
        {
            await process.EndAsync(Ct);
            Assert.Empty(await process.LeftAsync(Ct));
        }

        Assert.False(File.Exists(_folder["out/report.html"]));
        var printed = await Printed.RunAsync(_folder.Path, "report", "out");
        Assert.True(printed.Code == 1, printed.ToString());
        Assert.Contains("stopped before its end", printed.Output, StringComparison.Ordinal);
        Assert.Contains("GET /said", await File.ReadAllTextAsync(_folder["out/report.html"], Ct), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("long: RW550", 1)]
    // Before anything was tried it is inconclusive.
    [InlineData("Making a PostgreSQL", 3)]
    public async Task Interrupted_it_reports_what_there_is_and_ends_in_order(string moment, int code)
    {
        using var process = await StoppedAtAsync(moment, process => process.Interrupt());
        Assert.Equal(code, await process.EndAsync(Ct));
        Assert.Empty(await process.LeftAsync(Ct));
        if (code == 3) return;
        Assert.Contains("GET /said", await File.ReadAllTextAsync(_folder["out/report.html"], Ct), StringComparison.Ordinal);
        Assert.False(Journal.Read(_folder["out"]).IsComplete);
    }

    private async Task<HostProcess> StoppedAtAsync(string moment, Action<HostProcess> stop)
    {
        var process = HostProcess.Inspect(_folder["out"]);
        await process.ReachAsync(moment, Ct);
        stop(process);
        return process;
    }

    public void Dispose() => _folder.Dispose();
}

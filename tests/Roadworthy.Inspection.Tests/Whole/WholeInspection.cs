using Roadworthy.Inspection.Findings;
using Roadworthy.Inspection.Probing;
using Roadworthy.Inspection.Reports;
using Roadworthy.Inspection.Runs;

namespace Roadworthy.Inspection.Tests.Whole;

/// <summary>A backend that is inspected whole when it is first asked for; the tests of a collection share what came of it.</summary>
public sealed class WholeInspection : IAsyncDisposable
{
    // As long as it takes on a machine that does other things too: what is cut by the clock tells nothing.
    private static readonly TimeSpan Budget = TimeSpan.FromMinutes(6);

    private readonly string _folder = Directory.CreateTempSubdirectory("roadworthy-whole-").FullName;
    private readonly Func<string, InspectRequest> _request;
    private Task<InspectionReport>? _report;

    private WholeInspection(Func<string, InspectRequest> request) => _request = request;

    internal static WholeInspection Of(Func<string, InspectRequest> request) => new(request);

    internal Task<InspectionReport> ReportAsync() => _report ??= RunAsync();

    /// <summary>Tries a finding again, on a backend and data of its own.</summary>
    internal async Task<ReplayOutcome> ReplayAsync(string recipe)
    {
        var request = _request(Path.Combine(_folder, Guid.NewGuid().ToString("N"))) with { Budget = Budget };
        Directory.CreateDirectory(request.Directory);
        return await new Inspector(request.ToOptions(Probes.All, Shell)).ReplayAsync(recipe, TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task<InspectionReport> RunAsync()
    {
        var output = TestContext.Current.TestOutputHelper!;
        var request = _request(_folder) with { Budget = Budget };
        Directory.CreateDirectory(request.Directory);
        var options = request.ToOptions(Probes.All, Shell, found: result => output.WriteLine($"{result.Verdict} {result.Rule} {result.Endpoint}: {result.Reason}"));
        var report = request.Sift(await new Inspector(options).RunAsync(TestContext.Current.CancellationToken));
        Assert.True(report.IsComplete);
        return report;
    }

    private static string? Shell(string name) => Environment.GetEnvironmentVariable(name);
}

internal static class Sights
{
    /// <summary>What was found: rule, endpoint and what tells it apart from others there.</summary>
    public static IReadOnlyList<string> Of(InspectionReport report) =>
        [.. report.Results.SelectMany(result => result.Findings).Select(finding => $"{finding.Rule} {finding.Endpoint} {finding.Fingerprint}").Order(StringComparer.Ordinal)];
}

using Roadworthy.Inspection.Backend;
using Roadworthy.Inspection.Findings;
using Roadworthy.Inspection.Probing;
using Roadworthy.Inspection.Reports;

namespace Roadworthy.Inspection.Tests.Support;

/// <summary>Backends inspected by some probes alone.</summary>
internal static class Inspected
{
    // Fixtures without a database: what they show is none of its.
    private static readonly string[] InMemory = ["node-parcels", "node-mortal"];

    public static BackendOptions Desk { get; } = new() { Command = "/usr/bin/python3 server.py", Directory = Fixtures.Folder("python-desk") };

    /// <summary>Needs the packages of the first draft.</summary>
    public static BackendOptions Shelves(params ReadOnlySpan<(string Name, string Value)> variables)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal) { ["PG_MODULE"] = Path.Combine(Drafts.Node().Directory, "package.json") };
        foreach (var (name, value) in variables) all[name] = value;
        return new BackendOptions { Command = "node server.js", Directory = Fixtures.Folder("node-shelves"), Variables = all };
    }

    public static void RequirePython() => Assert.SkipUnless(Fixtures.Has("/usr/bin/python3", "-c", "import psycopg2"), "python3-psycopg2 is not installed.");

    public static async Task<InspectionReport> ByAsync(BackendOptions backend, params IProbe[] probes) => await Inspector(backend, probes).RunAsync(TestContext.Current.CancellationToken);

    public static Task<ReplayOutcome> ReplayAsync(BackendOptions backend, string recipe, params IProbe[] probes) => Inspector(backend, probes).ReplayAsync(recipe, TestContext.Current.CancellationToken);

    /// <summary>Each finding's rule and endpoint; the advisory ones are marked.</summary>
    public static IEnumerable<string> Found(this InspectionReport report) =>
        report.Results.SelectMany(result => result.Findings).Select(finding => $"{finding.Rule} {finding.Endpoint}{(finding.Verdict == Verdict.Advisory ? " (advisory)" : "")}").Order(StringComparer.Ordinal);

    private static Inspector Inspector(BackendOptions backend, IProbe[] probes)
    {
        var output = TestContext.Current.TestOutputHelper!;
        return new Inspector(new InspectorOptions
        {
            Name = "backend",
            Backend = backend,
            Probes = probes,
            RequiresStatements = !InMemory.Contains(Path.GetFileName(backend.Directory), StringComparer.Ordinal),
            Budget = TimeSpan.FromMinutes(3),
            Found = result => output.WriteLine($"{result.Verdict} {result.Rule} {result.Endpoint}: {result.Reason}"),
        });
    }
}

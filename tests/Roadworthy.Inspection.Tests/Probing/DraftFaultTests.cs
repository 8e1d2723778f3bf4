using FirstDraft.Tests.Support;
using Roadworthy.Inspection.Backend;
using Roadworthy.Inspection.Findings;
using Roadworthy.Inspection.Probing.Errors;
using Roadworthy.Inspection.Probing.Queries;
using Roadworthy.Inspection.Tests.Support;

namespace Roadworthy.Inspection.Tests.Probing;

/// <summary>Q1 to Q5 and E1 to E8 of the two drafts, as their FAULTS.md have them.</summary>
public sealed class DraftFaultTests
{
    private static readonly string[] Rows =
    [
        "RW250 GET /api/dashboard", "RW252 GET /api/products/{sku}/reviews", "RW255 *", "RW254 GET /api/products/{sku}", "RW250 POST /api/orders",
        "RW453 GET /api/me", "RW450 POST /api/products", "RW451 GET /api/products/{sku}", "RW451 PATCH /api/products/{sku}", "RW452 POST /api/addresses", "RW452 PATCH /api/addresses/{id}",
        "RW456 POST /api/products", "RW456 POST /api/orders", "RW453 POST /api/orders", "RW453 GET /api/orders/{id}",
    ];

    // But for the record (E1), which is the same everywhere.
    private static readonly string[] Twins = ["/api/tickets", "/api/tickets/{id}", "/health", "/api/me", "/api/signup"];

    [Fact]
    public async Task Of_the_node_draft_every_row_is_found_and_no_twin()
    {
        await NodePackages.RequireAsync();
        var found = await FoundAsync(Drafts.Node());
        Assert.Empty(Rows.Except(found, StringComparer.Ordinal));
        Assert.Contains(found, each => each.StartsWith("RW455 ", StringComparison.Ordinal));
        AssertNoTwin(found.Where(each => !each.StartsWith("RW455 ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Of_the_csharp_draft_every_row_is_found_and_no_twin()
    {
        var found = await FoundAsync(Drafts.CSharp());
        Assert.Empty(Rows.Except(found, StringComparer.Ordinal));
        // It waits for half a minute, and no longer.
        Assert.DoesNotContain(found, each => each.StartsWith("RW455 ", StringComparison.Ordinal));
        AssertNoTwin(found);
    }

    [Fact]
    public async Task Of_the_mended_node_build_nothing_is_found()
    {
        await NodePackages.RequireAsync();
        Assert.Empty(await FoundAsync(Drafts.Node(mended: true)));
    }

    [Fact]
    public async Task Of_the_mended_csharp_build_nothing_is_found() => Assert.Empty(await FoundAsync(Drafts.CSharp(mended: true)));

    private static void AssertNoTwin(IEnumerable<string> found) =>
        Assert.DoesNotContain(found, each => !each.StartsWith("RW453 ", StringComparison.Ordinal) && Twins.Any(twin => each.EndsWith(" " + twin, StringComparison.Ordinal)));

    private static async Task<IReadOnlyList<string>> FoundAsync(BackendOptions backend)
    {
        var output = TestContext.Current.TestOutputHelper!;
        var report = await new Inspector(new InspectorOptions
        {
            Name = "draft",
            Backend = backend,
            Probes = [new ErrorProbe(), new QueryProbe()],
            Budget = TimeSpan.FromSeconds(120),
            Found = result => output.WriteLine($"{result.Verdict} {result.Rule} {result.Endpoint}: {result.Reason}"),
        }).RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(report.Run.Endpoints, report.Run.Driven);
        return [.. report.Results.SelectMany(result => result.Findings).Select(finding => $"{finding.Rule} {finding.Endpoint}")];
    }
}

using FirstDraft.Tests.Support;
using Roadworthy.Inspection.Findings;
using Roadworthy.Inspection.Probing.Access;
using Roadworthy.Inspection.Probing.Input;
using Roadworthy.Inspection.Reports;
using Roadworthy.Inspection.Tests.Support;

namespace Roadworthy.Inspection.Tests.Probing.Input;

public sealed class DraftInputTests
{
    private static readonly string[] Strict =
    [
        "PATCH /api/addresses/{id} floor", "PATCH /api/addresses/{id} isDefault", "PATCH /api/me age", "PATCH /api/me newsletter", "PATCH /api/products/{sku} active", "PATCH /api/products/{sku} maxPerOrder",
        "PATCH /api/products/{sku} priceCents", "PATCH /api/products/{sku} stock", "PATCH /api/products/{sku} weightGrams", "POST /api/addresses floor", "POST /api/addresses isDefault", "POST /api/logout everywhere",
        "POST /api/orders giftWrap", "POST /api/orders items[0].quantity", "POST /api/products active", "POST /api/products maxPerOrder", "POST /api/products priceCents", "POST /api/products stock",
        "POST /api/products weightGrams", "POST /api/products/{sku}/reviews rating", "POST /api/products/{sku}/reviews recommend", "POST /api/signup age", "POST /api/signup newsletter",
    ];

    [Fact]
    public async Task Of_the_csharp_draft_its_faults_are_found_and_no_twin_is_reported()
    {
        var report = await Inspected.ByAsync(Drafts.CSharp(), new InputProbe(), new AccessProbe());
        Assert.Equal(Strict, StrictPlaces(report));
        var found = report.Found().ToHashSet(StringComparer.Ordinal);
        foreach (var list in (string[])["products", "orders", "addresses", "dashboard"]) Assert.Contains($"RW156 GET /api/{list}", found);
        Holds(report, "RW150 POST /api/signup", "22021");
        Holds(report, "RW150 POST /api/products", "23514");
        Holds(report, "RW150 PATCH /api/products/{sku}", "23514");
        Holds(report, "RW150 POST /api/orders", "deliverAfter as a time with another offset");
        Holds(report, "RW151 *", "Invalid request");
        Holds(report, "RW155 POST /api/products", "stock: left out");
        Assert.Contains("RW550 GET /api/orders/{id}", found);
        Twins(found);
    }

    [Fact]
    public async Task Of_the_node_draft_its_faults_are_found_and_no_twin_is_reported()
    {
        await NodePackages.RequireAsync();
        var report = await Inspected.ByAsync(Drafts.Node(), new InputProbe(), new AccessProbe());
        Assert.Equal(Strict, StrictPlaces(report));
        var found = report.Found().ToHashSet(StringComparer.Ordinal);
        foreach (var list in (string[])["products", "orders", "addresses", "dashboard", "orders/{id}"]) Assert.Contains($"RW156 GET /api/{list}", found);
        Assert.Contains("RW156 POST /api/orders/{id}/cancel", found);
        Holds(report, "RW150 POST /api/signup", "22021");
        Holds(report, "RW150 POST /api/signup", "age as a number beyond 32 bits");
        Holds(report, "RW150 POST /api/products", "23514");
        Holds(report, "RW150 PATCH /api/products/{sku}", "23514");
        Holds(report, "RW150 POST /api/orders", "deliverAfter as the year 0000");
        Holds(report, "RW150 *", "a body that is no JSON");
        Holds(report, "RW154 POST /api/products/{sku}/reviews", "anonymous: false as text is taken");
        foreach (var endpoint in (string[])["POST /api/signup", "PATCH /api/me", "POST /api/addresses", "PATCH /api/addresses/{id}", "POST /api/products", "PATCH /api/products/{sku}", "POST /api/products/{sku}/reviews"]) Holds(report, $"RW154 {endpoint}", "half of a surrogate pair");
        Assert.Contains("RW550 GET /api/orders/{id}", found);
        Twins(found);
    }

    [Fact]
    public async Task Of_the_mended_csharp_build_nothing_is_found() => Assert.Empty((await Inspected.ByAsync(Drafts.CSharp(mended: true), new InputProbe(), new AccessProbe())).Found());

    [Fact]
    public async Task Of_the_mended_node_build_nothing_is_found()
    {
        await NodePackages.RequireAsync();
        Assert.Empty((await Inspected.ByAsync(Drafts.Node(mended: true), new InputProbe(), new AccessProbe())).Found());
    }

    private static void Twins(HashSet<string> found)
    {
        Assert.DoesNotContain(found, each => each.Contains("/tickets", StringComparison.Ordinal));
        Assert.Single(found, each => each.StartsWith("RW55", StringComparison.Ordinal));
    }

    private static IEnumerable<string> StrictPlaces(InspectionReport report) =>
        report.Results.SelectMany(result => result.Findings).Single(finding => finding.Rule == InputRules.Inconsistent.Id).Evidence.OfType<PlacesEvidence>().First().Places;

    private static void Holds(InspectionReport report, string ruleAndEndpoint, string summary) =>
        Assert.Contains(report.Results.SelectMany(result => result.Findings), finding => $"{finding.Rule} {finding.Endpoint}" == ruleAndEndpoint && finding.Summary.Contains(summary, StringComparison.Ordinal));
}

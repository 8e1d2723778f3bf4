using FirstDraft.Tests.Support;
using Roadworthy.Inspection.Backend;
using Roadworthy.Inspection.Findings;
using Roadworthy.Inspection.Probing.Races;
using Roadworthy.Inspection.Tests.Support;

namespace Roadworthy.Inspection.Tests.Probing.Races;

public sealed class DraftRaceTests
{
    private static readonly string[] R1ToR4 =
        ["RW350 POST /api/orders", "RW350 POST /api/orders/{id}/cancel", "RW350 POST /api/signup", "RW352 POST /api/token/refresh"];

    [Fact]
    public async Task Of_the_node_draft_the_four_races_are_found_and_nothing_else()
    {
        await NodePackages.RequireAsync();
        Assert.Equal(R1ToR4, await FoundAsync(Drafts.Node()));
    }

    [Fact]
    public async Task Of_the_csharp_draft_the_four_races_are_found_and_nothing_else() => Assert.Equal(R1ToR4, await FoundAsync(Drafts.CSharp()));

    [Fact]
    public async Task Of_the_mended_node_build_nothing_is_found()
    {
        await NodePackages.RequireAsync();
        Assert.Empty(await FoundAsync(Drafts.Node(mended: true)));
    }

    [Fact]
    public async Task Of_the_mended_csharp_build_nothing_is_found() => Assert.Empty(await FoundAsync(Drafts.CSharp(mended: true)));

    [Fact]
    public async Task Of_the_storefront_nothing_is_found()
    {
        var folder = Directory.CreateTempSubdirectory("roadworthy-storefront-");
        Assert.Empty(await FoundAsync(Storefronts.Options(folder.FullName), Storefronts.Accounts));
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_finding_is_there_again_when_its_recipe_is_repeated_and_gone_where_it_is_mended()
    {
        await NodePackages.RequireAsync();
        foreach (var recipe in (string[])["race same POST /api/orders/{id}/cancel", "race refresh POST /api/token/refresh"])
        {
            var there = await new Inspector(Options(Drafts.Node())).ReplayAsync(recipe, TestContext.Current.CancellationToken);
            Assert.True(there.IsFound, there.Text);
            var gone = await new Inspector(Options(Drafts.Node(mended: true))).ReplayAsync(recipe, TestContext.Current.CancellationToken);
            Assert.False(gone.IsFound, gone.Text);
        }
    }

    private static InspectorOptions Options(BackendOptions backend) => new() { Name = "draft", Backend = backend, Probes = [new RaceProbe()], Budget = TimeSpan.FromSeconds(90) };

    private static async Task<IEnumerable<string>> FoundAsync(BackendOptions backend, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>? accounts = null)
    {
        var output = TestContext.Current.TestOutputHelper!;
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        var options = new InspectorOptions
        {
            Name = "draft",
            Backend = backend,
            Probes = [new RaceProbe()],
            Accounts = accounts ?? new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal),
            Budget = TimeSpan.FromSeconds(90),
            Progress = text => output.WriteLine($"{System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} {text}"),
            Found = result => output.WriteLine($"{System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} {result.Verdict} {result.Rule} {result.Endpoint}: {result.Reason}"),
        };
        var report = await new Inspector(options).RunAsync(TestContext.Current.CancellationToken);
        output.WriteLine($"{System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} done; {string.Join("; ", report.Run.Notes)}");
        return report.Results.SelectMany(result => result.Findings).Select(finding => $"{finding.Rule} {finding.Endpoint}").Order(StringComparer.Ordinal);
    }
}

using FirstDraft.Tests.Faults;
using FirstDraft.Tests.Support;
using Roadworthy.Inspection.Findings;
using Roadworthy.Inspection.Tests.Support;

namespace Roadworthy.Inspection.Tests.Whole;

/// <summary>A draft that is inspected whole, against its FAULTS.md: all of its rows, no twin, and nothing of its mended build.</summary>
/// <param name="draft">As it was generated.</param>
/// <param name="mended">With the mend switched on.</param>
/// <param name="folder">Of the draft.</param>
/// <param name="rows">By the id of the row, what is found of it.</param>
public abstract class DraftTests(WholeInspection draft, WholeInspection mended, string folder, IReadOnlyDictionary<string, string[]> rows)
{
    /// <summary>What a rule is replayed on: those with an even last digit on one draft, the others on the other, as far as both have it.</summary>
    private protected abstract bool Replays(string rule);

    [Fact]
    public void Every_row_of_the_page_stands_in_the_table() =>
        Assert.Equal(FaultTable.Of(folder).Rows.Select(row => row.Id).Order(StringComparer.Ordinal), rows.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public async Task Every_row_is_found()
    {
        var found = Sights.Of(await draft.ReportAsync());
        Assert.Empty(rows.SelectMany(row => row.Value.Select(expected => (row.Key, expected))).Where(row => !found.Any(each => each.StartsWith(row.expected + " ", StringComparison.Ordinal) || each == row.expected)).Select(row => $"{row.Key}: {row.expected}"));
    }

    [Fact]
    public async Task Nothing_is_found_that_is_no_row_so_no_twin_is()
    {
        var places = rows.Values.SelectMany(expected => expected).Select(Place).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(Sights.Of(await draft.ReportAsync()).Where(found => !places.Contains(Place(found))));
    }

    [Fact]
    public async Task Of_text_for_numbers_and_flags_every_place_is_told_and_no_other()
    {
        var told = (await draft.ReportAsync()).Results.SelectMany(result => result.Findings).Single(finding => finding.Rule == InputRules.Inconsistent.Id).Evidence.OfType<PlacesEvidence>().First().Places;
        Assert.Equal(FaultTable.Of(folder).StrictPlaces.Select(place => $"{place.Route} {place.Field}").Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Of_the_mended_build_nothing_is_found() => Assert.Empty(Sights.Of(await mended.ReportAsync()));

    [Fact]
    public async Task One_finding_of_each_rule_is_there_again_when_it_is_replayed_and_fixed_in_the_mended_build()
    {
        var output = TestContext.Current.TestOutputHelper!;
        var wrong = new List<string>();
        foreach (var finding in (await draft.ReportAsync()).Results.SelectMany(result => result.Findings).GroupBy(finding => finding.Rule, StringComparer.Ordinal).Where(rule => Replays(rule.Key)).Select(rule => rule.First()).OrderBy(finding => finding.Rule, StringComparer.Ordinal))
        {
            if (finding.Recipe is not { } recipe)
            {
                wrong.Add($"{finding.Rule} {finding.Endpoint} can't be replayed.");
                continue;
            }

            var there = await draft.ReplayAsync(recipe);
            if (there.IsFound is not true) wrong.Add($"{recipe}: {there.IsFound} on the draft: {there.Text}");
            var gone = await mended.ReplayAsync(recipe);
            if (gone.IsFound is not false) wrong.Add($"{recipe}: {gone.IsFound} on the mended build: {gone.Text}");
            output.WriteLine($"{recipe}: {there.Text} / {gone.Text}");
        }

        Assert.Empty(wrong);
    }

    /// <summary>Rule and endpoint.</summary>
    private static string Place(string sight) => string.Join(' ', sight.Split(' ').Take(sight.Contains(" * ", StringComparison.Ordinal) || sight.EndsWith(" *", StringComparison.Ordinal) ? 2 : 3));
}

[Collection(CSharpDraft.Name)]
public sealed class CSharpDraftTests(CSharpDraft draft) : DraftTests(draft.Generated, draft.Mended, Drafts.CSharp().Directory, DraftRows.CSharp)
{
    private protected override bool Replays(string rule) => rule is "RW151" or "RW155" || (rule is not ("RW154" or "RW455") && (rule[^1] - '0') % 2 == 1);
}

[Collection(NodeDraft.Name)]
public sealed class NodeDraftTests(NodeDraft draft) : DraftTests(draft.Generated, draft.Mended, Drafts.Node().Directory, DraftRows.Node), IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await NodePackages.RequireAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private protected override bool Replays(string rule) => rule is "RW154" or "RW455" || (rule is not ("RW151" or "RW155") && (rule[^1] - '0') % 2 == 0);
}

[CollectionDefinition(Name)]
public sealed class CSharpDraft : ICollectionFixture<CSharpDraft>, IAsyncDisposable
{
    public const string Name = "The C# draft, whole";

    public WholeInspection Generated { get; } = WholeInspection.Of(output => Drafts.CSharpRequest(output: output));

    public WholeInspection Mended { get; } = WholeInspection.Of(output => Drafts.CSharpRequest(mended: true, output));

    public async ValueTask DisposeAsync()
    {
        await Generated.DisposeAsync();
        await Mended.DisposeAsync();
    }
}

/// <inheritdoc cref="CSharpDraft"/>
[CollectionDefinition(Name)]
public sealed class NodeDraft : ICollectionFixture<NodeDraft>, IAsyncDisposable
{
    public const string Name = "The Node draft, whole";

    public WholeInspection Generated { get; } = WholeInspection.Of(output => Drafts.NodeRequest(output: output));

    public WholeInspection Mended { get; } = WholeInspection.Of(output => Drafts.NodeRequest(mended: true, output));

    public async ValueTask DisposeAsync()
    {
        await Generated.DisposeAsync();
        await Mended.DisposeAsync();
    }
}

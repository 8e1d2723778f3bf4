using FirstDraft.Tests.Proofs;
using FirstDraft.Tests.Support;

namespace FirstDraft.Tests.Faults;

public sealed class FaultTableTests
{
    private static readonly Draft[] Drafts = [Draft.CSharp, Draft.Node];

    [Fact]
    public void Every_row_has_a_proof_and_every_proof_a_row() => Assert.Equal(
        Proof.All.Keys.Order(StringComparer.Ordinal),
        Drafts.SelectMany(draft => FaultTable.Of(draft.Folder).Rows).Select(row => row.Id).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    [Fact]
    public void A_twin_that_a_row_names_is_looked_at() => Assert.Empty(Drafts
        .SelectMany(draft => FaultTable.Of(draft.Folder).Rows.Select(row => (draft.Name, row.Id, row.HasTwinInBuild)))
        .Where(row => row.HasTwinInBuild != (Proof.All[row.Id].LookAtTwin is not null)));

    [Fact]
    public void The_article_counts_23_strict_places_and_so_do_the_drafts() => Assert.All(Drafts, draft =>
    {
        var table = FaultTable.Of(draft.Folder);
        Assert.Equal(23, table.StrictPlacesClaimed);
        Assert.Equal(23, table.StrictPlaces.Distinct().Count());
    });
}

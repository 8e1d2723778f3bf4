using FirstDraft.Tests.Support;

namespace FirstDraft.Tests.Faults;

[Collection(CSharpDraft.Name)]
public sealed class CSharpFaultTests(CSharpDraft.Pair pair)
{
    public static TheoryData<string> Ids => DraftPair.Ids(Draft.CSharp);

    [Theory]
    [MemberData(nameof(Ids))]
    public Task A_fault_shows_on_the_draft_and_not_on_its_twins(string id) => pair.ProveAsync(id);
}

[Collection(NodeDraft.Name)]
public sealed class NodeFaultTests(NodeDraft.Pair pair)
{
    public static TheoryData<string> Ids => DraftPair.Ids(Draft.Node);

    [Theory]
    [MemberData(nameof(Ids))]
    public Task A_fault_shows_on_the_draft_and_not_on_its_twins(string id) => pair.ProveAsync(id);
}

/// <summary>The tests of one draft share its instances, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class CSharpDraft : ICollectionFixture<CSharpDraft.Pair>
{
    public const string Name = "The C# draft";

    public sealed class Pair(PostgresFixture postgres) : DraftPair(postgres, Draft.CSharp);
}

/// <inheritdoc cref="CSharpDraft"/>
[CollectionDefinition(Name)]
public sealed class NodeDraft : ICollectionFixture<NodeDraft.Pair>
{
    public const string Name = "The Node draft";

    public sealed class Pair(PostgresFixture postgres) : DraftPair(postgres, Draft.Node);
}

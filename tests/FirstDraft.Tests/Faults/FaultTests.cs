using FirstDraft.Tests.Proofs;
using FirstDraft.Tests.Support;

namespace FirstDraft.Tests.Faults;

public sealed class CSharpFaultTests(CSharpFaultTests.Pair pair) : IClassFixture<CSharpFaultTests.Pair>
{
    public static TheoryData<string> Ids => DraftPair.Ids(Draft.CSharp);

    [Theory]
    [MemberData(nameof(Ids))]
    public Task A_fault_shows_on_the_draft_and_not_on_its_twins(string id) => pair.ProveAsync(id);

    public sealed class Pair(PostgresFixture postgres) : DraftPair(postgres, Draft.CSharp);
}

public sealed class NodeFaultTests(NodeFaultTests.Pair pair) : IClassFixture<NodeFaultTests.Pair>
{
    public static TheoryData<string> Ids => DraftPair.Ids(Draft.Node);

    [Theory]
    [MemberData(nameof(Ids))]
    public Task A_fault_shows_on_the_draft_and_not_on_its_twins(string id) => pair.ProveAsync(id);

    public sealed class Pair(PostgresFixture postgres) : DraftPair(postgres, Draft.Node);
}

using Storefront.Tests.Input.Mutations;
using Storefront.Tests.Support;

namespace Storefront.Tests.Input;

/// <summary>Valid requests of all operations with something wrong with them, by the thousand: whatever comes, it is nobody's 5xx.</summary>
/// <remarks>The seed is printed; STOREFRONT_MUTATION_SEED sets it.</remarks>
public sealed class MutationTests(PostgresFixture postgres, ITestOutputHelper output)
{
    [Fact]
    public Task Two_thousand_mutated_requests_are_answered_without_a_5xx() => SendAsync(2_000);

    [Fact]
    [Trait("Category", "Long")]
    public Task Five_thousand_mutated_requests_are_answered_without_a_5xx() => SendAsync(5_000);

    private Task<List<Footprint>> SendAsync(int size) => MutationRun.SendAsync(postgres, output, otherwise: 4711, batches: 1, size);
}

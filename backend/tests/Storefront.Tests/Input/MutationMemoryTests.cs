using Storefront.Tests.Input.Mutations;
using Storefront.Tests.Support;

namespace Storefront.Tests.Input;

/// <summary>As <see cref="MutationTests"/>, and long enough to see what each request leaves behind.</summary>
[Collection(nameof(AloneInTheProcess))]
public sealed class MutationMemoryTests(PostgresFixture postgres, ITestOutputHelper output)
{
    private const int Batch = 50_000;
    private const int Batches = 20;
    private const int WarmUpBatches = 4;

    /// <summary>
    /// A request that leaves but twenty bytes behind leaves 16 MB in 800,000. What the heap differs by otherwise (pooled buffers, a
    /// last burst in a cache) is the same for a thousand requests and a million.
    /// </summary>
    private const long MostHeapGrowth = 8 * 1024 * 1024;

    /// <summary>The collector keeps freed segments for a while, and PostgreSQL's connections and the sockets have buffers outside of the heap.</summary>
    private const long MostWorkingSetGrowth = 96 * 1024 * 1024;

    [Fact]
    [Trait("Category", "Long")]
    public async Task A_million_mutated_requests_are_answered_without_a_5xx_in_the_same_memory()
    {
        var footprints = await MutationRun.SendAsync(postgres, output, Random.Shared.Next(), Batches, Batch);
        var (before, after) = (footprints[WarmUpBatches - 1], footprints[^1]);
        var change = $"After {WarmUpBatches * Batch} requests: {before}. After {Batches * Batch}: {after}.";
        output.WriteLine(change);
        Assert.True(after.Heap - before.Heap < MostHeapGrowth, change);
        Assert.True(after.WorkingSet - before.WorkingSet < MostWorkingSetGrowth, change);
    }
}

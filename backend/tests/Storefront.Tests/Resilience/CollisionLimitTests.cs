using System.Diagnostics;
using Storefront.Tests.Support;

namespace Storefront.Tests.Resilience;

/// <summary>How long a buyer waits for an order that can not be placed.</summary>
[Collection(nameof(AloneInTheProcess))]
public sealed class CollisionLimitTests(PostgresFixture postgres)
{
    [Fact]
    public async Task An_order_that_always_collides_is_a_503_within_two_seconds_and_leaves_nothing()
    {
        await using var host = await StorefrontHost.StartAsync(postgres);
        var sku = await host.StockUpAsync(stock: 5);
        var buyer = await host.BuyerAsync();
        await using var collisions = await CollisionTests.CollideAsync(host, times: 1000);

        var since = Stopwatch.StartNew();
        await buyer.Client.BuyAsync(sku, 2).ShouldBeProblemAsync(503, "contention");

        Assert.True(since.Elapsed < TimeSpan.FromSeconds(2), $"{since.Elapsed}");
        await host.ShouldBeUntouchedAsync(sku, stock: 5);
        Assert.Equal(4, await collisions.AttemptsAsync(TestContext.Current.CancellationToken));
        Assert.Single(host.Records.Errors());
    }
}

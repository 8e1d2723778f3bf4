using Roadworthy.Testing;
using Storefront.Tests.Support;

namespace Storefront.Tests.Resilience;

/// <summary>PostgreSQL ends a transaction in favour of another: 40P01 and 40001.</summary>
public sealed class CollisionTests(PostgresFixture postgres)
{
    [Fact]
    public async Task An_order_that_is_chosen_as_a_deadlocks_victim_is_placed_all_the_same()
    {
        var database = await postgres.CloneAsync();
        // Long enough for the other side to close the circle, so that the order is the one that finds it, and gives way.
        await using var host = await StorefrontHost.StartAsync($"{database.ConnectionString};Options=-c deadlock_timeout=2s", database);
        var first = await host.StockUpAsync(stock: 5);
        var second = await host.StockUpAsync(stock: 5);
        var buyer = await host.BuyerAsync();

        Task<HttpResponseMessage> order;
        await using (var other = await RowLock.OnAsync($"{database.ConnectionString};Options=-c deadlock_timeout=60s", second))
        {
            order = buyer.Client.BuyAsync([(second, 1), (first, 1)]);
            await RowLock.HasWaitersAsync(host.ConnectionString);
            await other.TakeAsync(first).WaitAsync(TimeSpan.FromSeconds(15), TestContext.Current.CancellationToken);
        }

        await order.ShouldBeAsync(201);
        // Its repeat may take the freed row before the other side wakes up, and be a victim again.
        await Eventually.TrueAsync("PostgreSQL has counted a deadlock", async () => await Sql.ScalarAsync<long>(
            host.ConnectionString, "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()") >= 1);
        Assert.Equal(1, await host.OrderCountAsync());
        Assert.Equal((4, 4), (await host.LeftAsync(first), await host.LeftAsync(second)));
        Assert.Empty(host.Records.Errors());
    }

    [Fact]
    public async Task An_order_that_collides_twice_is_placed_once_and_the_buyer_notices_nothing()
    {
        await using var host = await StorefrontHost.StartAsync(postgres);
        var sku = await host.StockUpAsync(stock: 5);
        var buyer = await host.BuyerAsync();
        await using var collisions = await CollideAsync(host, times: 2);

        var order = await buyer.Client.BuyAsync(sku, 2).ShouldBeAsync(201);

        Assert.Equal([order.GetProperty("id").GetGuid()], await Sql.ColumnAsync<Guid>(host.ConnectionString, "SELECT id FROM orders"));
        Assert.Equal(3, await host.LeftAsync(sku));
        Assert.Equal(3, await collisions.AttemptsAsync(TestContext.Current.CancellationToken));
    }

    internal static Task<Collisions> CollideAsync(StorefrontHost host, int times) =>
        Collisions.ProvokeAsync(host.ConnectionString, "orders", times, cancellationToken: TestContext.Current.CancellationToken);
}

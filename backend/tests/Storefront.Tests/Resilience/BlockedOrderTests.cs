using System.Diagnostics;
using Storefront.Tests.Support;

namespace Storefront.Tests.Resilience;

/// <summary>Somebody else holds a product's row for long.</summary>
public sealed class BlockedOrderTests(PostgresFixture postgres)
{
    [Fact]
    public async Task An_order_that_waits_for_a_lock_gives_up_after_the_lock_timeout_and_leaves_nothing()
    {
        await using var host = await StorefrontHost.StartAsync(postgres);
        var sku = await host.StockUpAsync(stock: 5);
        var buyer = await host.BuyerAsync();
        var since = Stopwatch.StartNew();
        await using (await RowLock.OnAsync(host.ConnectionString, sku))
        {
            await buyer.Client.BuyAsync(sku).ShouldBeProblemAsync(503, "contention");
            // lock_timeout is 5 s: waiting for it again and again would keep the buyer four times as long.
            Assert.InRange(since.Elapsed, TimeSpan.FromSeconds(4.5), TimeSpan.FromSeconds(19));
        }

        await host.ShouldBeUntouchedAsync(sku, stock: 5);
        Assert.Single(host.Records.Errors());
        await buyer.Client.BuyAsync(sku).ShouldBeAsync(201);
    }

    [Fact]
    public async Task A_cancel_that_waits_for_a_lock_gives_up_and_the_order_stands()
    {
        await using var host = await WithAsync("-c lock_timeout=300ms");
        var sku = await host.StockUpAsync(stock: 5);
        var buyer = await host.BuyerAsync();
        var order = (await buyer.Client.BuyAsync(sku, 2).ShouldBeAsync(201)).GetProperty("id").GetGuid();
        await using (await RowLock.OnAsync(host.ConnectionString, sku))
            await buyer.Client.CancelAsync(order).ShouldBeProblemAsync(503, "contention");

        Assert.Equal("pending", (await buyer.Client.LookAsync($"/api/orders/{order}").ShouldBeAsync(200)).GetProperty("status").GetString());
        Assert.Equal(3, await host.LeftAsync(sku));
    }

    [Fact]
    public async Task A_statement_that_takes_too_long_is_ended_by_the_server_and_answered_with_504()
    {
        await using var host = await WithAsync("-c statement_timeout=2s");
        var sku = await host.StockUpAsync(stock: 5);
        var buyer = await host.BuyerAsync();
        var since = Stopwatch.StartNew();
        await using (await RowLock.OnAsync(host.ConnectionString, sku))
        {
            await buyer.Client.BuyAsync(sku).ShouldBeProblemAsync(504, "timeout");
            Assert.InRange(since.Elapsed, TimeSpan.FromSeconds(1.9), TimeSpan.FromSeconds(19));
        }

        await host.ShouldBeUntouchedAsync(sku, stock: 5);
        Assert.Single(host.Records.Errors());
    }

    [Fact]
    public async Task A_buyer_who_leaves_while_the_order_waits_is_information_and_leaves_nothing()
    {
        await using var host = await StorefrontHost.StartAsync(postgres);
        var sku = await host.StockUpAsync(stock: 5);
        var buyer = await host.BuyerAsync();
        await using (await RowLock.OnAsync(host.ConnectionString, sku))
        {
            using var leaving = new CancellationTokenSource();
            var order = buyer.Client.BuyUntilAsync([(sku, 1)], leaving.Token);
            await RowLock.HasWaitersAsync(host.ConnectionString);
            await leaving.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => order);
            // The lock is still held: the statement has to be cancelled, not waited for.
            await RowLock.HasWaitersAsync(host.ConnectionString, count: 0);
            await Eventually.TrueAsync("the cancelled request is recorded", () => host.Records.Named("RequestCancelled").Any());
        }

        Assert.Equal("Information", Assert.Single(host.Records.Named("RequestCancelled")).Level());
        Assert.DoesNotContain(host.Records.All, record => record.Level() is "Warning" or "Error" or "Critical");
        await host.ShouldBeUntouchedAsync(sku, stock: 5);
        await buyer.Client.BuyAsync(sku).ShouldBeAsync(201);
    }

    private async Task<StorefrontHost> WithAsync(string options)
    {
        var database = await postgres.CloneAsync();
        return await StorefrontHost.StartAsync($"{database.ConnectionString};Options={options}", database);
    }
}

using Storefront.Tests.Support;

namespace Storefront.Tests.Resilience;

public sealed class CancelRaceTests(StorefrontFixture fixture) : IClassFixture<StorefrontFixture>
{
    private readonly StorefrontHost _host = fixture.Host;

    [Fact]
    public async Task Twenty_cancels_at_once_give_the_stock_back_once()
    {
        var sku = await _host.StockUpAsync(stock: 10);
        var buyer = await _host.BuyerAsync();
        var order = await PlaceAsync(buyer.Client, sku, quantity: 4);
        Assert.Equal(6, await _host.LeftAsync(sku));

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => buyer.Client.CancelAsync(order)));

        foreach (var answer in answers)
            Assert.Equal("cancelled", (await answer.ShouldBeAsync(200)).GetProperty("status").GetString());
        Assert.Equal(10, await _host.LeftAsync(sku));
    }

    [Fact]
    public async Task Orders_that_race_cancels_keep_pieces_on_shelf_and_in_orders_the_same()
    {
        const int Stock = 12;
        var one = await _host.StockUpAsync(Stock);
        var other = await _host.StockUpAsync(Stock);
        var buyers = await _host.BuyersAsync(16);

        var answers = await Task.WhenAll(buyers.Select((buyer, n) => OrderAndCancelAsync(buyer.Client, n % 2 == 0 ? [(one, 2), (other, 1)] : [(other, 1), (one, 2)])));

        Assert.All(answers.SelectMany(statuses => statuses), status => Assert.Contains(status, new[] { 200, 201, 409 }));
        Assert.Contains(answers.SelectMany(statuses => statuses), status => status == 200);
        Assert.Equal(Stock, await _host.LeftAsync(one) + await _host.OrderedAsync(one));
        Assert.Equal(Stock, await _host.LeftAsync(other) + await _host.OrderedAsync(other));
        Assert.True(await _host.LeftAsync(one) >= 0);
    }

    [Fact]
    public async Task A_cancelled_last_piece_can_be_bought_again_by_one_buyer()
    {
        var sku = await _host.StockUpAsync(stock: 1);
        var owner = await _host.BuyerAsync();
        var order = await PlaceAsync(owner.Client, sku, quantity: 1);
        var buyers = await _host.BuyersAsync(10);

        await owner.Client.CancelAsync(order).ShouldBeAsync(200);
        var answers = await Task.WhenAll(buyers.Select(buyer => buyer.Client.BuyAsync(sku)).Append(owner.Client.CancelAsync(order)));

        Assert.Equal(1, answers.Count(answer => (int)answer.StatusCode == 201));
        Assert.Equal(0, await _host.LeftAsync(sku));
    }

    private static async Task<List<int>> OrderAndCancelAsync(HttpClient buyer, (string, int)[] items)
    {
        var statuses = new List<int>();
        for (var round = 0; round < 5; round++)
        {
            var placed = await buyer.BuyAsync(items);
            statuses.Add((int)placed.StatusCode);
            if (statuses[^1] != 201) continue;
            // The last order stands: else nothing would be counted on that side of the books.
            var id = (await placed.ShouldBeAsync(201)).GetProperty("id").GetGuid();
            if (round < 4) statuses.Add((int)(await buyer.CancelAsync(id)).StatusCode);
        }

        return statuses;
    }

    private static async Task<Guid> PlaceAsync(HttpClient buyer, string sku, int quantity) =>
        (await buyer.BuyAsync(sku, quantity).ShouldBeAsync(201)).GetProperty("id").GetGuid();
}

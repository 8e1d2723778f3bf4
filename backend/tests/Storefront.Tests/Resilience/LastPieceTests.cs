using Storefront.Tests.Support;

namespace Storefront.Tests.Resilience;

public sealed class LastPieceTests(StorefrontFixture fixture) : IClassFixture<StorefrontFixture>
{
    private readonly StorefrontHost _host = fixture.Host;

    [Fact]
    public Task Of_two_hundred_buyers_of_twenty_pieces_twenty_get_one_and_the_others_are_told() => SellOutAsync(200, 20);

    [Fact]
    [Trait("Category", "Long")]
    public Task Of_a_thousand_buyers_of_a_hundred_pieces_a_hundred_get_one_and_the_others_are_told() => SellOutAsync(1_000, 100);

    [Fact]
    public async Task An_order_of_more_than_is_left_takes_nothing_of_anything()
    {
        var plenty = await _host.StockUpAsync(stock: 1000);
        var scarce = await _host.StockUpAsync(stock: 5);
        var buyers = await _host.BuyersAsync(20);
        var answers = await Task.WhenAll(buyers.Select(buyer => Asking.UntilToldAsync(() => buyer.Client.BuyAsync([(plenty, 7), (scarce, 2)]))));

        Assert.Equal(2, answers.Count(answer => (int)answer.StatusCode == 201));
        Assert.Equal(18, answers.Count(answer => (int)answer.StatusCode == 409));
        Assert.Equal(1, await _host.LeftAsync(scarce));
        Assert.Equal(1000 - 14, await _host.LeftAsync(plenty));
    }

    [Fact]
    public async Task Orders_of_the_same_goods_in_opposite_order_do_not_deadlock()
    {
        const int Stock = 1000;
        var one = await _host.StockUpAsync(Stock);
        var other = await _host.StockUpAsync(Stock);
        var buyers = await _host.BuyersAsync(24);
        var answers = await Task.WhenAll(buyers.SelectMany((buyer, n) => Enumerable.Range(0, 4).Select(_ =>
            Asking.UntilToldAsync(() => buyer.Client.BuyAsync(n % 2 == 0 ? [(one, 1), (other, 2)] : [(other, 2), (one, 1)])))));

        foreach (var answer in answers) await answer.ShouldBeAsync(201);
        Assert.Equal(Stock - answers.Length, await _host.LeftAsync(one));
        Assert.Equal(Stock - (2 * answers.Length), await _host.LeftAsync(other));
        Assert.Equal(0, await Sql.ScalarAsync<long>(
            _host.ConnectionString, "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"));
    }

    private async Task SellOutAsync(int crowd, int pieces)
    {
        var sku = await _host.StockUpAsync(stock: pieces);
        var buyers = await _host.BuyersAsync(crowd);
        var answers = await Task.WhenAll(buyers.Select(buyer => Asking.UntilToldAsync(() => buyer.Client.BuyAsync(sku))));

        var statuses = answers.GroupBy(answer => (int)answer.StatusCode).ToDictionary(group => group.Key, group => group.Count());
        Assert.Equal(new() { [201] = pieces, [409] = crowd - pieces }, statuses);
        foreach (var answer in answers.Where(answer => (int)answer.StatusCode == 409))
            await Task.FromResult(answer).ShouldBeProblemAsync(409, "out-of-stock");
        Assert.Equal(0, await _host.LeftAsync(sku));
        Assert.Equal(pieces, await _host.OrderedAsync(sku));
    }
}

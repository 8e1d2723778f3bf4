using Storefront.Tests.Support;

namespace Storefront.Tests.Orders;

public sealed class CancelOrderTests(StorefrontFixture fixture) : IClassFixture<StorefrontFixture>
{
    private readonly StorefrontHost _host = fixture.Host;

    [Fact]
    public async Task A_cancel_gives_the_stock_back_once_however_often_it_is_asked_for()
    {
        var person = await _host.SignUpAsync();
        var (a, b) = (await _host.AddProductAsync(stock: 10), await _host.AddProductAsync(stock: 10));
        var id = (await person.Client.OrderAsync((a, 4), (b, 1)).ShouldBeAsync(201)).GetProperty("id").GetGuid();

        var first = await CancelAsync(person, id).ShouldBeAsync(200);
        Assert.Equal("cancelled", first.GetProperty("status").GetString());
        Assert.Equal((10, 10), (await _host.StockAsync(a), await _host.StockAsync(b)));
        var second = await CancelAsync(person, id).ShouldBeAsync(200);
        Assert.Equal(first.GetRawText(), second.GetRawText());
        Assert.Equal((10, 10), (await _host.StockAsync(a), await _host.StockAsync(b)));
    }

    [Fact]
    public async Task A_paid_order_can_be_cancelled()
    {
        var (person, sku, id) = await OrderAsync("paid");
        await CancelAsync(person, id).ShouldBeAsync(200);
        Assert.Equal(10, await _host.StockAsync(sku));
    }

    [Theory]
    [InlineData("shipped")]
    [InlineData("delivered")]
    public async Task What_has_left_the_house_is_a_409_and_gives_nothing_back(string status)
    {
        var (person, sku, id) = await OrderAsync(status);
        await CancelAsync(person, id).ShouldBeProblemAsync(409, "not-cancellable");
        Assert.Equal(7, await _host.StockAsync(sku));
        Assert.Equal(status, (await person.Client.ReadAsync($"/api/orders/{id}").ShouldBeAsync(200)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task An_order_that_is_not_there_is_a_404()
    {
        var person = await _host.SignUpAsync();
        await CancelAsync(person, Guid.CreateVersion7()).ShouldBeProblemAsync(404, "not-found");
        await person.Client.ReadAsync($"/api/orders/{Guid.CreateVersion7()}").ShouldBeProblemAsync(404, "not-found");
    }

    [Fact]
    public async Task An_id_that_is_none_is_a_400_that_names_it()
    {
        var person = await _host.SignUpAsync();
        foreach (var pending in (Task<HttpResponseMessage>[])[person.Client.ReadAsync("/api/orders/not-an-id"), person.Client.AskAsync("POST", "/api/orders/not-an-id/cancel")])
        {
            var problem = await pending.ShouldBeProblemAsync(400, "invalid-input");
            Assert.Equal("path:id", problem.GetProperty("errors").EnumerateObject().Single().Name);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Somebody_elses_order_is_a_404_to_read_and_to_cancel_also_for_an_administrator(bool admin)
    {
        var (owner, sku, id) = await OrderAsync("pending");
        var other = await _host.SignUpAsync(admin);
        await other.Client.ReadAsync($"/api/orders/{id}").ShouldBeProblemAsync(404, "not-found");
        await CancelAsync(other, id).ShouldBeProblemAsync(404, "not-found");
        Assert.Empty((await other.Client.ReadAsync("/api/orders").ShouldBeAsync(200)).GetProperty("items").EnumerateArray());
        Assert.Equal(7, await _host.StockAsync(sku));
        Assert.Equal("pending", (await owner.Client.ReadAsync($"/api/orders/{id}").ShouldBeAsync(200)).GetProperty("status").GetString());
    }

    private static Task<HttpResponseMessage> CancelAsync(Person person, Guid id) => person.Client.AskAsync("POST", $"/api/orders/{id}/cancel");

    private async Task<(Person Person, string Sku, Guid Id)> OrderAsync(string status)
    {
        var person = await _host.SignUpAsync();
        var sku = await _host.AddProductAsync(stock: 10);
        var order = await person.Client.OrderAsync((sku, 3)).ShouldBeAsync(201);
        var id = order.GetProperty("id").GetGuid();
        await Sql.ExecuteAsync(_host.ConnectionString, "UPDATE orders SET status = $1 WHERE id = $2", status, id);
        return (person, sku, id);
    }
}

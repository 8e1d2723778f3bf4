using Storefront.Tests.Support;

namespace Storefront.Tests.Orders;

public sealed class PlaceOrderTests(StorefrontFixture fixture) : IClassFixture<StorefrontFixture>
{
    private readonly StorefrontHost _host = fixture.Host;

    public static TheoryData<string> BadBodies =>
    [
        "", "null", "[]", "{}", """{"items":null}""", """{"items":[]}""", """{"items":[null]}""", """{"items":{}}""",
        """{"items":[{}]}""", """{"items":[{"sku":null,"quantity":1}]}""", """{"items":[{"sku":"","quantity":1}]}""",
        """{"items":[{"sku":"s"}]}""", """{"items":[{"sku":"s","quantity":0}]}""", """{"items":[{"sku":"s","quantity":-1}]}""",
        """{"items":[{"sku":"s","quantity":1001}]}""", """{"items":[{"sku":"s","quantity":1.5}]}""", """{"items":[{"sku":"s","quantity":99999999999}]}""",
        """{"items":[{"sku":"a\u0000b","quantity":1}]}""", $$"""{"items":[{"sku":"{{new string('s', 41)}}","quantity":1}]}""",
        $$"""{"items":[{{string.Join(',', Enumerable.Range(0, 101).Select(n => $$"""{"sku":"s{{n}}","quantity":1}"""))}}]}""",
    ];

    [Fact]
    public async Task An_order_takes_its_prices_and_names_from_the_catalogue_and_the_stock_away()
    {
        var person = await _host.SignUpAsync();
        var (dear, cheap) = (await _host.AddProductAsync(priceCents: 1999, stock: 5), await _host.AddProductAsync(priceCents: 1, stock: 1_000));
        var answer = await person.Client.PostTextAsync(
            "/api/orders", $$"""{"items":[{"sku":"{{dear}}","quantity":2,"priceCents":1},{"sku":"{{cheap}}","quantity":1000}],"totalCents":1,"status":"paid"}""");
        var order = await answer.ShouldBeAsync(201);
        Assert.Equal($"/api/orders/{order.GetProperty("id").GetGuid()}", answer.Headers.Location?.OriginalString);
        Assert.Equal("pending", order.GetProperty("status").GetString());
        Assert.Equal((2 * 1999) + 1000, order.GetProperty("totalCents").GetInt64());
        Assert.Equal(
            [(dear, $"Thing {dear}", 2, 1999), (cheap, $"Thing {cheap}", 1000, 1)],
            order.GetProperty("items").EnumerateArray().Select(item => (
                item.GetProperty("sku").GetString()!, item.GetProperty("name").GetString()!,
                item.GetProperty("quantity").GetInt32(), item.GetProperty("unitPriceCents").GetInt32())));
        Assert.Equal((3, 0), (await _host.StockAsync(dear), await _host.StockAsync(cheap)));
        var read = await person.Client.ReadAsync(answer.Headers.Location!.OriginalString).ShouldBeAsync(200);
        Assert.Equal(order.GetRawText(), read.GetRawText());
    }

    [Fact]
    public async Task A_later_change_of_the_catalogue_does_not_rewrite_the_order()
    {
        var (person, admin) = (await _host.SignUpAsync(), await _host.SignUpAsync(admin: true));
        var sku = await _host.AddProductAsync(priceCents: 100);
        var order = await person.Client.OrderAsync((sku, 3)).ShouldBeAsync(201);
        await admin.Client.PatchTextAsync($"/api/products/{sku}", """{"priceCents":999,"name":"Renamed"}""").ShouldBeAsync(200);
        var read = await person.Client.ReadAsync($"/api/orders/{order.GetProperty("id").GetGuid()}").ShouldBeAsync(200);
        Assert.Equal(order.GetRawText(), read.GetRawText());
        var next = await person.Client.OrderAsync((sku, 3)).ShouldBeAsync(201);
        Assert.Equal(2997, next.GetProperty("totalCents").GetInt64());
    }

    [Fact]
    public async Task Lines_of_one_SKU_become_one()
    {
        var person = await _host.SignUpAsync();
        var (a, b) = (await _host.AddProductAsync(priceCents: 10), await _host.AddProductAsync(priceCents: 7));
        var order = await person.Client.OrderAsync((a, 1), (b, 2), (a, 4)).ShouldBeAsync(201);
        Assert.Equal([(a, 5), (b, 2)], order.GetProperty("items").EnumerateArray().Select(item => (item.GetProperty("sku").GetString()!, item.GetProperty("quantity").GetInt32())));
        Assert.Equal(64, order.GetProperty("totalCents").GetInt64());
        Assert.Equal(5, await _host.StockAsync(a));
        // Together they want more than is left, though neither line does.
        await person.Client.OrderAsync((a, 3), (a, 3)).ShouldBeProblemAsync(409, "out-of-stock");
        Assert.Equal(5, await _host.StockAsync(a));
    }

    [Fact]
    public async Task Where_one_of_the_goods_is_short_nothing_changes_and_the_answer_names_it()
    {
        var person = await _host.SignUpAsync();
        var (enough, little) = (await _host.AddProductAsync(stock: 10), await _host.AddProductAsync(stock: 1));
        var problem = await person.Client.OrderAsync((enough, 2), (little, 2)).ShouldBeProblemAsync(409, "out-of-stock");
        Assert.Equal($"[\"{little}\"]", problem.GetProperty("skus").GetRawText());
        Assert.Equal((10, 1), (await _host.StockAsync(enough), await _host.StockAsync(little)));
        Assert.Equal(0L, await OrdersOfAsync(person));
    }

    [Fact]
    public async Task Every_unknown_SKU_is_pointed_at_in_one_400_like_any_other_input_and_nothing_changes()
    {
        var person = await _host.SignUpAsync();
        var sku = await _host.AddProductAsync();
        var problem = await person.Client.OrderAsync(("no-such-1", 1), (sku, 1), ("no-such-2", 1)).ShouldBeProblemAsync(400, "invalid-input");
        Assert.Equal("""{"/items/0/sku":["oneOf"],"/items/2/sku":["oneOf"]}""", problem.GetProperty("rules").GetRawText());
        Assert.Equal(["/items/0/sku", "/items/2/sku"], problem.GetProperty("errors").EnumerateObject().Select(errors => errors.Name));
        Assert.DoesNotContain("no-such", problem.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(10, await _host.StockAsync(sku));
        Assert.Equal(0L, await OrdersOfAsync(person));
    }

    [Fact]
    public async Task A_hundred_lines_of_a_thousand_pieces_at_the_highest_price_add_up()
    {
        var person = await _host.SignUpAsync();
        var sku = await _host.AddProductAsync(priceCents: 100_000_000, stock: 1_000_000_000);
        var order = await person.Client.OrderAsync([.. Enumerable.Repeat((sku, 1_000), 100)]).ShouldBeAsync(201);
        Assert.Equal(100_000L * 100_000_000L, order.GetProperty("totalCents").GetInt64());
    }

    [Theory]
    [MemberData(nameof(BadBodies))]
    public async Task A_body_that_cannot_be_an_order_is_a_400(string body)
    {
        var person = await _host.SignUpAsync();
        await person.Client.PostTextAsync("/api/orders", body).ShouldBeProblemAsync(400);
        Assert.Equal(0L, await OrdersOfAsync(person));
    }

    private Task<long> OrdersOfAsync(Person person) =>
        Sql.ScalarAsync<long>(_host.ConnectionString, "SELECT count(*) FROM orders WHERE user_id = $1", person.Id);
}

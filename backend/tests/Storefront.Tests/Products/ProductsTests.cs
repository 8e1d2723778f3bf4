using System.Text.Json;
using Storefront.Tests.Support;

namespace Storefront.Tests.Products;

public sealed class ProductsTests(StorefrontFixture fixture) : IClassFixture<StorefrontFixture>
{
    private readonly StorefrontHost _host = fixture.Host;

    public static TheoryData<string> BadProducts =>
    [
        "", "null", "{}", "[]",
        """{"sku":"a b","name":"n","priceCents":1,"stock":1}""",
        """{"sku":"","name":"n","priceCents":1,"stock":1}""",
        $$"""{"sku":"{{new string('s', 41)}}","name":"n","priceCents":1,"stock":1}""",
        """{"sku":"bad-1","name":null,"priceCents":1,"stock":1}""",
        $$"""{"sku":"bad-2","name":"{{new string('n', 201)}}","priceCents":1,"stock":1}""",
        """{"sku":"bad-3","name":"n","priceCents":-1,"stock":1}""",
        """{"sku":"bad-4","name":"n","priceCents":100000001,"stock":1}""",
        """{"sku":"bad-5","name":"n","priceCents":1.5,"stock":1}""",
        """{"sku":"bad-6","name":"n","priceCents":1,"stock":-1}""",
        """{"sku":"bad-7","name":"n","priceCents":1,"stock":1000000001}""",
        """{"sku":"bad-8","name":"n\u0000","priceCents":1,"stock":1}""",
    ];

    [Fact]
    public async Task An_administrator_adds_a_product_that_everybody_sees()
    {
        var admin = await _host.SignUpAsync(admin: true);
        var sku = Catalogue.NewSku();
        var answer = await admin.Client.PostValueAsync("/api/products", Product(sku));
        var created = await answer.ShouldBeAsync(201);
        Assert.Equal((sku, "A \"thing\"", 199, 5), Read(created));
        var pages = await _host.Anonymous.PagesAsync("/api/products", 500);
        Assert.Contains((sku, "A \"thing\"", 199, 5), pages.SelectMany(page => page).Select(Read));
    }

    [Fact]
    public async Task A_SKU_is_taken_once()
    {
        var admin = await _host.SignUpAsync(admin: true);
        var sku = Catalogue.NewSku();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => admin.Client.PostValueAsync("/api/products", Product(sku))));
        Assert.Equal(1, answers.Count(answer => (int)answer.StatusCode == 201));
        foreach (var refused in answers.Where(answer => (int)answer.StatusCode != 201)) await Task.FromResult(refused).ShouldBeProblemAsync(409, "sku-taken");
    }

    [Theory]
    [MemberData(nameof(BadProducts))]
    public async Task A_body_that_cannot_be_a_product_is_a_400(string body)
    {
        var admin = await _host.SignUpAsync(admin: true);
        await admin.Client.PostTextAsync("/api/products", body).ShouldBeProblemAsync(400);
        Assert.Equal(0L, await Sql.ScalarAsync<long>(_host.ConnectionString, "SELECT count(*) FROM products WHERE sku LIKE 'bad-%'"));
    }

    [Fact]
    public async Task A_change_changes_what_it_names_and_nothing_else()
    {
        var admin = await _host.SignUpAsync(admin: true);
        var sku = await _host.AddProductAsync(priceCents: 250, stock: 10);
        Assert.Equal((sku, $"Thing {sku}", 300, 10), Read(await PatchAsync("""{"priceCents":300}""").ShouldBeAsync(200)));
        Assert.Equal((sku, $"Thing {sku}", 300, 0), Read(await PatchAsync("""{"stock":0,"name":null,"sku":"other"}""").ShouldBeAsync(200)));
        Assert.Equal((sku, "New", 300, 0), Read(await PatchAsync("""{"name":"New"}""").ShouldBeAsync(200)));
        Assert.Equal((sku, "New", 300, 0), Read(await PatchAsync("{}").ShouldBeAsync(200)));

        Task<HttpResponseMessage> PatchAsync(string body) => admin.Client.PatchTextAsync($"/api/products/{sku}", body);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("""{"name":""}""")]
    [InlineData("""{"name":"  "}""")]
    [InlineData("""{"priceCents":-1}""")]
    [InlineData("""{"stock":-1}""")]
    [InlineData("""{"stock":"many"}""")]
    public async Task A_change_that_makes_no_product_is_a_400(string body)
    {
        var admin = await _host.SignUpAsync(admin: true);
        var sku = await _host.AddProductAsync();
        await admin.Client.PatchTextAsync($"/api/products/{sku}", body).ShouldBeProblemAsync(400);
        Assert.Equal(10, await _host.StockAsync(sku));
    }

    [Fact]
    public async Task An_unknown_SKU_is_a_404_and_one_that_cannot_be_a_400()
    {
        var admin = await _host.SignUpAsync(admin: true);
        await admin.Client.PatchTextAsync("/api/products/no-such", """{"stock":1}""").ShouldBeProblemAsync(404, "not-found");
        await admin.Client.PatchTextAsync($"/api/products/{new string('s', 41)}", """{"stock":1}""").ShouldBeProblemAsync(400);
    }

    private static object Product(string sku) => new { sku, name = "A \"thing\"", priceCents = 199, stock = 5 };

    private static (string?, string?, int, int) Read(JsonElement product) => (
        product.GetProperty("sku").GetString(), product.GetProperty("name").GetString(),
        product.GetProperty("priceCents").GetInt32(), product.GetProperty("stock").GetInt32());
}

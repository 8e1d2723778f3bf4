using FirstDraft.Models;
using FirstDraft.Services;
using Microsoft.Extensions.Logging.Abstractions;

namespace FirstDraft.UnitTests;

public class ProductServiceTests
{
    [Fact]
    public async Task Create_StoresProductWithInventory()
    {
        using var db = TestDb.Create();
        var products = new ProductService(db, NullLogger<ProductService>.Instance);
        var product = await products.CreateAsync(new NewProductRequest("TEA", "Tea", 450, 10));
        Assert.Equal(10, product.Inventory!.Stock);
        Assert.Equal("TEA", ProductResponse.From(product).Sku);
    }

    [Fact]
    public async Task FindBySku_ReturnsNull_WhenMissing()
    {
        using var db = TestDb.Create();
        Assert.Null(await new ProductService(db, NullLogger<ProductService>.Instance).FindBySkuAsync("NONE"));
    }

    [Fact]
    public async Task List_ReturnsPage()
    {
        using var db = TestDb.Create();
        for (var n = 0; n < 5; n++) db.AddProduct($"P{n}", 100, 1);
        var page = await new ProductService(db, NullLogger<ProductService>.Instance).ListAsync(page: 2, limit: 2);
        Assert.Equal(2, page.Count);
    }

    [Fact]
    public async Task Update_ChangesOnlyGivenFields()
    {
        using var db = TestDb.Create();
        db.AddProduct("TEA", 450, 10);
        var product = await new ProductService(db, NullLogger<ProductService>.Instance).UpdateAsync("TEA", new UpdateProductRequest(Stock: 4));
        Assert.Equal(4, product!.Inventory!.Stock);
        Assert.Equal(450, product.PriceCents);
    }
}

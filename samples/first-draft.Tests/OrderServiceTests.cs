using FirstDraft.Models;
using FirstDraft.Services;

namespace FirstDraft.UnitTests;

public class OrderServiceTests
{
    [Fact]
    public async Task Create_ReducesStock_AndTakesPricesFromTheCatalogue()
    {
        using var db = TestDb.Create();
        db.AddProduct("TEA", 450, 10);
        db.AddProduct("CUP", 900, 3);
        var orders = new OrderService(db, new InventoryService(db));

        var order = await orders.CreateAsync(Guid.NewGuid(), new NewOrderRequest([new("TEA", 2), new("CUP", 1)]));

        Assert.Equal(1800, order.TotalCents);
        Assert.Equal([8, 2], db.Products.OrderByDescending(product => product.Sku).Select(product => product.Inventory!.Stock));
    }

    [Fact]
    public async Task Create_Throws409_WhenStockIsTooLow()
    {
        using var db = TestDb.Create();
        db.AddProduct("TEA", 450, 1);
        var orders = new OrderService(db, new InventoryService(db));
        var error = await Assert.ThrowsAsync<ApiException>(() => orders.CreateAsync(Guid.NewGuid(), new NewOrderRequest([new("TEA", 2)])));
        Assert.Equal(409, error.StatusCode);
    }

    [Fact]
    public async Task Create_Throws400_WhenProductIsUnknown()
    {
        using var db = TestDb.Create();
        var orders = new OrderService(db, new InventoryService(db));
        var error = await Assert.ThrowsAsync<ApiException>(() => orders.CreateAsync(Guid.NewGuid(), new NewOrderRequest([new("NONE", 1)])));
        Assert.Equal(400, error.StatusCode);
    }

    [Fact]
    public async Task Get_ReturnsOrderWithItems()
    {
        using var db = TestDb.Create();
        db.AddProduct("TEA", 450, 10);
        var orders = new OrderService(db, new InventoryService(db));
        var created = await orders.CreateAsync(Guid.NewGuid(), new NewOrderRequest([new("TEA", 2)]));
        var found = await orders.GetAsync(created.Id);
        Assert.Equal(2, Assert.Single(found!.Items).Quantity);
    }

    [Fact]
    public void TotalOf_SumsQuantityTimesPrice() =>
        Assert.Equal(1350, OrderService.TotalOf([new OrderItem { Quantity = 3, UnitPriceCents = 450 }]));
}

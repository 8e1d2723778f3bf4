using FirstDraft.Mended.Services;
using FirstDraft.Models;
using FirstDraft.Services;

namespace FirstDraft.UnitTests.Mended;

public class OrderLinesTests
{
    private static readonly StockTable.StockRow Tea = new(Guid.NewGuid(), "TEA", "Tea", 450, 10, 4);

    [Fact]
    public void Merge_AddsUpTheSameProduct() =>
        Assert.Equal(3, OrderLines.Merge([new("TEA", 1), new("TEA", 2)])["TEA"]);

    [Fact]
    public void From_TakesThePriceOfTheCatalogue() =>
        Assert.Equal(450, Assert.Single(OrderLines.From(new() { ["TEA"] = 2 }, [Tea])).UnitPriceCents);

    [Theory]
    [InlineData("CUP", 1, 400)]
    [InlineData("TEA", 5, 400)]
    public void From_RefusesWhatCanNotBeHad(string sku, int quantity, int status) =>
        Assert.Equal(status, Assert.Throws<ApiException>(() => OrderLines.From(new() { [sku] = quantity }, [Tea])).StatusCode);

    [Fact]
    public void From_RefusesMoreThanIsInStock() =>
        Assert.Equal(409, Assert.Throws<ApiException>(() => OrderLines.From(new() { ["TEA"] = 3 }, [Tea with { Stock = 2 }])).StatusCode);
}

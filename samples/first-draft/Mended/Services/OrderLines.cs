using FirstDraft.Models;
using FirstDraft.Services;

namespace FirstDraft.Mended.Services;

public static class OrderLines
{
    /// <summary>One line for each product, however often it was named.</summary>
    public static Dictionary<string, int> Merge(IEnumerable<OrderLineRequest> items) =>
        items.GroupBy(item => item.Sku, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Sum(item => item.Quantity), StringComparer.Ordinal);

    /// <summary>The order's items at the prices of the catalogue.</summary>
    /// <exception cref="ApiException">Something can't be had.</exception>
    public static List<OrderItem> From(Dictionary<string, int> quantities, IReadOnlyCollection<StockTable.StockRow> products) =>
        [.. quantities.Select(line =>
        {
            var (sku, quantity) = line;
            var product = products.FirstOrDefault(candidate => candidate.Sku == sku) ?? throw new ApiException(400, $"Unknown product {sku}");
            if (quantity > product.MaxPerOrder) throw new ApiException(400, $"At most {product.MaxPerOrder} of {sku} per order");
            if (product.Stock < quantity) throw new ApiException(409, $"Not enough stock for {sku}");
            return new OrderItem
            {
                ProductId = product.Id,
                Product = new Product { Id = product.Id, Sku = product.Sku, Name = product.Name },
                Quantity = quantity,
                UnitPriceCents = product.PriceCents,
            };
        })];
}

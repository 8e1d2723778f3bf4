namespace Storefront.Tests.Support;

/// <summary>Goods to order.</summary>
internal static class Catalogue
{
    private static int _number;

    public static string NewSku() => $"sku-{Interlocked.Increment(ref _number)}";

    /// <summary>A new product's SKU.</summary>
    public static async Task<string> AddProductAsync(this StorefrontHost host, int priceCents = 250, int stock = 10)
    {
        var sku = NewSku();
        await Sql.ExecuteAsync(
            host.ConnectionString, "INSERT INTO products (id, sku, name, price_cents, stock) VALUES ($1, $2, $3, $4, $5)",
            Guid.CreateVersion7(), sku, $"Thing {sku}", priceCents, stock);
        return sku;
    }

    public static Task<int> StockAsync(this StorefrontHost host, string sku) =>
        Sql.ScalarAsync<int>(host.ConnectionString, "SELECT stock FROM products WHERE sku = $1", sku);
}

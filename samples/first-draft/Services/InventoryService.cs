using FirstDraft.Data;
using FirstDraft.Models;
using Microsoft.EntityFrameworkCore;

namespace FirstDraft.Services;

public class InventoryService(AppDbContext db)
{
    /// <summary>Takes the quantity out of stock and returns the product.</summary>
    public async Task<Product> ReserveAsync(string sku, int quantity)
    {
        var product = await db.Products.Include(candidate => candidate.Inventory).FirstOrDefaultAsync(candidate => candidate.Sku == sku && candidate.Active);
        if (product?.Inventory is null) throw new ApiException(400, $"Unknown product {sku}");
        if (quantity > product.Inventory.MaxPerOrder) throw new ApiException(400, $"At most {product.Inventory.MaxPerOrder} of {sku} per order");
        if (product.Inventory.Stock < quantity) throw new ApiException(409, $"Not enough stock for {sku}");

        product.Inventory.Stock -= quantity;
        await db.SaveChangesAsync();
        return product;
    }

    /// <summary>Puts the quantity back into stock.</summary>
    public async Task ReleaseAsync(Guid productId, int quantity) =>
        await db.Inventory.Where(inventory => inventory.ProductId == productId)
            .ExecuteUpdateAsync(set => set.SetProperty(inventory => inventory.Stock, inventory => inventory.Stock + quantity));
}

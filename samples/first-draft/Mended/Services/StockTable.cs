using FirstDraft.Data;
using Microsoft.EntityFrameworkCore;

namespace FirstDraft.Mended.Services;

/// <summary>Stock that is changed under locks, however many products in one statement.</summary>
public class StockTable(AppDbContext db)
{
    /// <summary>Locks the products' stock until the transaction ends, in the order of ids, so that two who want the same wait instead of deadlocking.</summary>
    public Task<List<StockRow>> LockAsync(string[] skus) => db.Database.SqlQuery<StockRow>(
        $"""
        SELECT p.id, p.sku, p.name, p.price_cents, i.stock, i.max_per_order
        FROM products p JOIN inventory i ON i.product_id = p.id
        WHERE p.sku = ANY({skus}) AND p.active ORDER BY p.id FOR UPDATE OF i
        """).ToListAsync();

    /// <summary>Adds to each product's stock; takes away where the quantity is negative.</summary>
    public Task<int> AddAsync(Guid[] products, int[] quantities) => db.Database.ExecuteSqlAsync(
        $"""
        UPDATE inventory SET stock = stock + change.quantity
        FROM unnest({products}, {quantities}) AS change (product_id, quantity) WHERE inventory.product_id = change.product_id
        """);

    public sealed record StockRow(Guid Id, string Sku, string Name, int PriceCents, int Stock, int? MaxPerOrder);
}

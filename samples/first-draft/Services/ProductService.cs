using FirstDraft.Data;
using FirstDraft.Models;
using Microsoft.EntityFrameworkCore;

namespace FirstDraft.Services;

public class ProductService(AppDbContext db, ILogger<ProductService> logger)
{
    public async Task<Product?> FindBySkuAsync(string sku)
    {
        try
        {
            return await db.Products.Include(product => product.Inventory).FirstOrDefaultAsync(product => product.Sku == sku);
        }
        catch (Exception ex)
        {
            logger.LogError("Could not load product {Sku}: {Message}", sku, ex.Message);
            return null;
        }
    }

    public async Task<List<Product>> ListAsync(int page, int limit) =>
        await db.Products.AsNoTracking().Include(product => product.Inventory)
            .Where(product => product.Active)
            .OrderBy(product => product.CreatedAt).ThenBy(product => product.Id)
            .Skip((page - 1) * limit).Take(limit)
            .ToListAsync();

    public async Task<Product?> ViewAsync(string sku)
    {
        var product = await FindBySkuAsync(sku);
        if (product is null) return null;
        await db.Products.Where(viewed => viewed.Id == product.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(viewed => viewed.Views, viewed => viewed.Views + 1));
        product.Views++;
        return product;
    }

    public async Task<Product> CreateAsync(NewProductRequest request)
    {
        var product = new Product { Sku = request.Sku, Name = request.Name, PriceCents = request.PriceCents, Active = request.Active };
        db.Products.Add(product);
        await db.SaveChangesAsync();

        var inventory = new Inventory
        {
            ProductId = product.Id,
            Stock = request.Stock,
            WeightGrams = request.WeightGrams,
            MaxPerOrder = request.MaxPerOrder,
        };
        db.Inventory.Add(inventory);
        await db.SaveChangesAsync();
        return product;
    }

    public async Task<Product?> UpdateAsync(string sku, UpdateProductRequest request)
    {
        var product = await FindBySkuAsync(sku);
        if (product is null) return null;
        product.Name = request.Name ?? product.Name;
        product.PriceCents = request.PriceCents ?? product.PriceCents;
        product.Active = request.Active ?? product.Active;
        product.Inventory!.Stock = request.Stock ?? product.Inventory.Stock;
        product.Inventory.WeightGrams = request.WeightGrams ?? product.Inventory.WeightGrams;
        product.Inventory.MaxPerOrder = request.MaxPerOrder ?? product.Inventory.MaxPerOrder;
        await db.SaveChangesAsync();
        return product;
    }
}

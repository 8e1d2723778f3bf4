using FirstDraft.Data;
using FirstDraft.Models;
using FirstDraft.Services;
using FirstDraft.Tickets;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace FirstDraft.Mended.Services;

public class ProductService(AppDbContext db)
{
    public async Task<Product> GetAsync(string sku)
    {
        var product = Text.IsStorable(sku) ? await WithInventory().FirstOrDefaultAsync(candidate => candidate.Sku == sku) : null;
        return product ?? throw new ApiException(404, "Product not found");
    }

    public Task<List<Product>> ListAsync(BoundedPage page) => WithInventory()
        .Where(product => product.Active)
        .OrderBy(product => product.CreatedAt).ThenBy(product => product.Id)
        .Skip(page.Offset).Take(page.Limit).ToListAsync();

    // A product without its inventory would be worth nothing: both or neither.
    public async Task<Product> CreateAsync(NewProductRequest request)
    {
        var product = new Product { Sku = request.Sku, Name = request.Name, PriceCents = request.PriceCents, Active = request.Active };
        product.Inventory = new Inventory { Stock = request.Stock, WeightGrams = request.WeightGrams, MaxPerOrder = request.MaxPerOrder };
        db.Products.Add(product);
        try
        {
            await db.SaveChangesAsync();
        }
        catch (DbUpdateException ex) when (ex.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            if (!await db.Products.AsNoTracking().AnyAsync(own => own.Id == product.Id)) throw new ApiException(409, $"There is a product {request.Sku} already");
        }

        return product;
    }

    public async Task<Product> UpdateAsync(string sku, UpdateProductRequest request)
    {
        var id = (await GetAsync(sku)).Id;
        await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await db.Products.Where(product => product.Id == id).ExecuteUpdateAsync(set => set
                .SetProperty(product => product.Name, product => request.Name ?? product.Name)
                .SetProperty(product => product.PriceCents, product => request.PriceCents ?? product.PriceCents)
                .SetProperty(product => product.Active, product => request.Active ?? product.Active));
            await db.Inventory.Where(inventory => inventory.ProductId == id).ExecuteUpdateAsync(set => set
                .SetProperty(inventory => inventory.Stock, inventory => request.Stock ?? inventory.Stock)
                .SetProperty(inventory => inventory.WeightGrams, inventory => request.WeightGrams ?? inventory.WeightGrams)
                .SetProperty(inventory => inventory.MaxPerOrder, inventory => request.MaxPerOrder ?? inventory.MaxPerOrder));
            await transaction.CommitAsync();
        });
        return await GetAsync(sku);
    }

    private IQueryable<Product> WithInventory() => db.Products.AsNoTracking().Include(product => product.Inventory);
}

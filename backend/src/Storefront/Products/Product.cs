using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Storefront.Data;

namespace Storefront.Products;

/// <summary>What can be bought: a stock-keeping unit, its price and how many pieces are left.</summary>
public sealed class Product : IVersioned
{
    public const int MaxSkuLength = 40;
    public const int MaxNameLength = 200;
    public const int MaxPriceCents = 100_000_000;
    public const int MaxStock = 1_000_000_000;

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Sku { get; init; }

    public required string Name { get; set; }

    public required int PriceCents { get; set; }

    /// <summary>Pieces left; never below zero.</summary>
    public required int Stock { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public long Version { get; init; }
}

internal sealed class ProductTable : IEntityTypeConfiguration<Product>
{
    public void Configure(EntityTypeBuilder<Product> product)
    {
        product.ToTable("products", table =>
        {
            // The last defence against overselling: holds whatever the code above it does.
            table.HasCheckConstraint("ck_products_stock", "stock >= 0");
            table.HasCheckConstraint("ck_products_price_cents", "price_cents >= 0");
        });
        product.Property(p => p.Id).ValueGeneratedNever();
        product.Property(p => p.Sku).HasMaxLength(Product.MaxSkuLength);
        product.Property(p => p.Name).HasMaxLength(Product.MaxNameLength);
        product.Property(p => p.CreatedAt).HasDefaultValueSql("now()");
        product.HasIndex(p => p.Sku).IsUnique();
    }
}

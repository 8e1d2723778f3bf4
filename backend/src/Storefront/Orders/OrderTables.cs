using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Storefront.Products;

namespace Storefront.Orders;

internal sealed class OrderTable : IEntityTypeConfiguration<Order>
{
    public const string BuyerKey = "fk_orders_users_user_id";

    public void Configure(EntityTypeBuilder<Order> order)
    {
        order.ToTable("orders", table => table.HasCheckConstraint(
            "ck_orders_status", "status IN ('pending', 'paid', 'shipped', 'delivered', 'cancelled')"));
        order.Property(o => o.Id).ValueGeneratedNever();
        order.Property(o => o.Status).HasMaxLength(20).HasConversion(
            status => status.ToString().ToLowerInvariant(), text => Enum.Parse<OrderStatus>(text, ignoreCase: true));
        order.Property(o => o.CreatedAt).HasDefaultValueSql("now()");
        order.HasOne(o => o.User).WithMany().HasForeignKey(o => o.UserId).HasConstraintName(BuyerKey).OnDelete(DeleteBehavior.Restrict);
        // Serves the foreign key, one's own orders by keyset, and the dashboard's join.
        order.HasIndex(o => new { o.UserId, o.Id });
    }
}

internal sealed class OrderItemTable : IEntityTypeConfiguration<OrderItem>
{
    public void Configure(EntityTypeBuilder<OrderItem> item)
    {
        item.ToTable("order_items", table => table.HasCheckConstraint("ck_order_items_quantity", "quantity > 0"));
        item.HasKey(i => new { i.OrderId, i.Line });
        item.Property(i => i.Sku).HasMaxLength(Product.MaxSkuLength);
        item.Property(i => i.Name).HasMaxLength(Product.MaxNameLength);
        item.HasOne<Order>().WithMany(o => o.Items).HasForeignKey(i => i.OrderId).OnDelete(DeleteBehavior.Cascade);
        item.HasOne(i => i.Product).WithMany().HasForeignKey(i => i.ProductId).OnDelete(DeleteBehavior.Restrict);
        item.HasIndex(i => i.ProductId);
    }
}

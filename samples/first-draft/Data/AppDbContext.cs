using FirstDraft.Models;
using Microsoft.EntityFrameworkCore;

namespace FirstDraft.Data;

public class AppDbContext(DbContextOptions<AppDbContext> options) : DbContext(options)
{
    public DbSet<User> Users => Set<User>();
    public DbSet<RefreshToken> RefreshTokens => Set<RefreshToken>();
    public DbSet<Product> Products => Set<Product>();
    public DbSet<Inventory> Inventory => Set<Inventory>();
    public DbSet<Review> Reviews => Set<Review>();
    public DbSet<Order> Orders => Set<Order>();
    public DbSet<OrderItem> OrderItems => Set<OrderItem>();
    public DbSet<Address> Addresses => Set<Address>();
    public DbSet<Ticket> Tickets => Set<Ticket>();
    public DbSet<ErrorLog> ErrorLogs => Set<ErrorLog>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Inventory>().HasKey(inventory => inventory.ProductId);
        modelBuilder.Entity<Product>().HasOne(product => product.Inventory).WithOne().HasForeignKey<Inventory>(inventory => inventory.ProductId);
        modelBuilder.Entity<User>().HasMany(user => user.Orders).WithOne().HasForeignKey(order => order.UserId);
        modelBuilder.Entity<Order>().HasMany(order => order.Items).WithOne().HasForeignKey(item => item.OrderId);
    }
}

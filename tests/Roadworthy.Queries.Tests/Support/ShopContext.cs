using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Roadworthy.Queries.Tests.Support;

internal sealed class ShopContext(NpgsqlDataSource source) : DbContext
{
    public DbSet<User> Users => Set<User>();

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder.UseNpgsql(source);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<User>(user =>
        {
            user.ToTable("users");
            user.Property(one => one.Id).HasColumnName("id");
            user.Property(one => one.Name).HasColumnName("name");
            user.HasMany(one => one.Orders).WithOne().HasForeignKey(order => order.UserId);
        });
        modelBuilder.Entity<Order>(order =>
        {
            order.ToTable("orders");
            order.Property(one => one.Id).HasColumnName("id").ValueGeneratedNever();
            order.Property(one => one.UserId).HasColumnName("user_id");
            order.Property(one => one.Total).HasColumnName("total");
        });
    }
}

internal sealed class User
{
    public int Id { get; init; }

    public string Name { get; init; } = "";

    public List<Order> Orders { get; } = [];
}

internal sealed class Order
{
    public int Id { get; init; }

    public int UserId { get; init; }

    public int Total { get; init; }
}

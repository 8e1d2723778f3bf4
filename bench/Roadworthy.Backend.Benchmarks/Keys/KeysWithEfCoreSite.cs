using Microsoft.EntityFrameworkCore;
using Npgsql;
using Roadworthy.Backend.Benchmarks.Measuring;
using Roadworthy.Idempotency;

namespace Roadworthy.Backend.Benchmarks.Keys;

/// <summary>A write of one row by EF Core, without a key and with one.</summary>
internal static class KeysWithEfCoreSite
{
    public static async Task<WebApplication> BuildAsync(string connection)
    {
        var builder = SiteBuilder.Create();
        builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(connection));
        builder.Services.AddDbContext<Shop>((services, options) =>
            options.UseNpgsql(services.GetRequiredService<NpgsqlDataSource>(), npgsql => npgsql.EnableRetryOnFailure()));
        builder.Services.AddRoadworthyIdempotency<Shop>(keys => keys.User = _ => "1");
        var app = builder.Build();
        app.MapPost("/plain", WriteAsync);
        app.MapPost("/keyed", WriteAsync).RequireIdempotencyKey();

        var source = app.Services.GetRequiredService<NpgsqlDataSource>();
        await IdempotencySchema.ApplyAsync(source);
        await using var table = source.CreateCommand(Order.Table);
        await table.ExecuteNonQueryAsync();
        return app;
    }

    private static async Task<IResult> WriteAsync(NewOrder order, Shop shop)
    {
        var made = new Order { Sku = order.Sku };
        shop.Add(made);
        await shop.SaveChangesAsync();
        return made.Created();
    }

    private sealed class Shop(DbContextOptions<Shop> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Order>(order =>
        {
            order.ToTable("orders");
            order.Property(one => one.Id).HasColumnName("id").ValueGeneratedNever();
            order.Property(one => one.Sku).HasColumnName("sku");
        });
    }
}

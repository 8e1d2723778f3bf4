using FirstDraft.Data;
using FirstDraft.Models;
using FirstDraft.Services;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;

namespace FirstDraft.UnitTests;

internal static class TestDb
{
    public static AppDbContext Create() =>
        new(new DbContextOptionsBuilder<AppDbContext>().UseInMemoryDatabase(Guid.NewGuid().ToString()).Options);

    public static Product AddProduct(this AppDbContext db, string sku, int priceCents, int stock)
    {
        var product = new Product { Sku = sku, Name = $"Product {sku}", PriceCents = priceCents, Inventory = new Inventory { Stock = stock } };
        db.Products.Add(product);
        db.SaveChanges();
        return product;
    }

    public static TokenService Tokens() => new(new ConfigurationBuilder().AddInMemoryCollection(
        new Dictionary<string, string?> { ["Jwt:Key"] = "a-key-for-tests-that-is-long-enough-to-sign" }).Build());

    public static AccountService Accounts(AppDbContext db) => new(db, new PasswordHasher<User>(), Tokens());
}

using Microsoft.Extensions.DependencyInjection;
using Roadworthy.Sessions;
using Storefront.Accounts;

namespace Storefront.Tests.Support;

/// <summary>Goods and buyers, made quickly, and the books to check afterwards.</summary>
internal static class Shop
{
    private static int _number;

    public static string NewSku() => $"shop-{Interlocked.Increment(ref _number)}";

    /// <summary>A new product of 100 cents.</summary>
    /// <returns>Its SKU.</returns>
    public static Task<string> StockUpAsync(this StorefrontHost host, int stock) => StockUpAsync(host.ConnectionString, stock);

    public static async Task<string> StockUpAsync(string connection, int stock)
    {
        var sku = NewSku();
        await Sql.ExecuteAsync(
            connection, "INSERT INTO products (id, sku, name, price_cents, stock) VALUES ($1, $2, $2, 100, $3)", Guid.CreateVersion7(), sku, stock);
        return sku;
    }

    /// <summary>People with access tokens, without the cost of their passwords.</summary>
    public static async Task<List<Person>> BuyersAsync(this StorefrontHost host, int count, bool admin = false)
    {
        var sessions = host.Services.GetRequiredService<SessionManager>();
        var buyers = new List<Person>();
        for (var n = 0; n < count; n++)
        {
            var user = new User { Id = Guid.CreateVersion7(), Email = People.NewEmail(), Name = "A Buyer", Age = 42, IsAdmin = admin };
            await Sql.ExecuteAsync(
                host.ConnectionString,
                """
                INSERT INTO users (id, email, normalized_email, email_confirmed, name, age, is_admin)
                VALUES ($1, $2, upper($2), false, 'A Buyer', 42, $3)
                """,
                user.Id, user.Email, admin);
            var tokens = await sessions.SignInAsync(new(user.Id.ToString()));
            buyers.Add(new(user.Id, user.Email, host.Client(tokens!.AccessToken)));
        }

        return buyers;
    }

    public static async Task<Person> BuyerAsync(this StorefrontHost host) => (await host.BuyersAsync(1))[0];

    public static Task<int> LeftAsync(this StorefrontHost host, string sku) =>
        Sql.ScalarAsync<int>(host.ConnectionString, "SELECT stock FROM products WHERE sku = $1", sku);

    /// <summary>Pieces in orders that stand.</summary>
    public static Task<long> OrderedAsync(this StorefrontHost host, string sku) => Sql.ScalarAsync<long>(
        host.ConnectionString,
        "SELECT coalesce(sum(quantity), 0) FROM order_items JOIN orders ON orders.id = order_id WHERE sku = $1 AND status <> 'cancelled'", sku);

    public static Task<long> OrderCountAsync(this StorefrontHost host) => Sql.ScalarAsync<long>(host.ConnectionString, "SELECT count(*) FROM orders");

    /// <summary>Nothing was ordered, taken or half-written.</summary>
    public static async Task ShouldBeUntouchedAsync(this StorefrontHost host, string sku, int stock)
    {
        Assert.Equal(stock, await host.LeftAsync(sku));
        Assert.Equal(0, await Sql.ScalarAsync<long>(host.ConnectionString, "SELECT count(*) FROM order_items WHERE sku = $1", sku));
        Assert.Equal(0, await Sql.ScalarAsync<long>(
            host.ConnectionString, "SELECT count(*) FROM orders WHERE NOT EXISTS (SELECT FROM order_items WHERE order_id = orders.id)"));
    }
}

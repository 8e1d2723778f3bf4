using Storefront.Tests.Support;

namespace Storefront.Tests.Data;

/// <summary>A list costs the same number of statements whatever it holds.</summary>
public sealed class ListCostTests(StorefrontFixture fixture) : IClassFixture<StorefrontFixture>
{
    private static readonly int[] Sizes = [5, 50, 500];

    private readonly StorefrontHost _host = fixture.Host;

    [Fact]
    public async Task A_list_costs_as_many_statements_with_500_rows_as_with_5()
    {
        var admin = await _host.SignUpAsync(admin: true);
        var costs = new Dictionary<string, List<long>>(StringComparer.Ordinal) { ["/api/products"] = [], ["/api/orders"] = [], ["/api/dashboard"] = [] };
        foreach (var rows in Sizes)
        {
            await FillAsync(admin.Id, rows);
            foreach (var (path, counts) in costs)
            {
                var items = path is "/api/dashboard" ? "users" : "items";
                counts.Add((await _host.CountStatementsAsync(async () =>
                {
                    var page = await admin.Client.ReadAsync($"{path}?limit=500").ShouldBeAsync(200);
                    Assert.Equal(rows, page.GetProperty(items).GetArrayLength());
                })).Calls);
            }
        }

        Assert.Equal("1 1 1", string.Join(' ', costs["/api/products"]));
        // One, not two: two statements would see two states, and a new order between them would leave the others without items.
        Assert.Equal("1 1 1", string.Join(' ', costs["/api/orders"]));
        Assert.Equal("3 3 3", string.Join(' ', costs["/api/dashboard"]));
    }

    [Fact]
    public async Task The_count_tells_a_query_in_a_loop()
    {
        var loop = await _host.CountStatementsAsync(async () =>
        {
            for (var n = 0; n < 5; n++) await _host.Anonymous.ReadAsync("/api/products").ShouldBeAsync(200);
        });
        Assert.True(loop.Calls == 5, $"{loop}");
    }

    // So many products, so many orders of two lines each by the administrator, and so many users.
    private async Task FillAsync(Guid admin, int rows)
    {
        await Sql.ExecuteAsync(_host.ConnectionString, "TRUNCATE order_items, orders, products");
        await Sql.ExecuteAsync(_host.ConnectionString, "DELETE FROM users WHERE id <> $1", admin);
        await Sql.ExecuteAsync(_host.ConnectionString, "INSERT INTO products (id, sku, name, price_cents, stock) SELECT gen_random_uuid(), 's' || n, 'Thing', n, n FROM generate_series(1, $1) n", rows);
        await Sql.ExecuteAsync(_host.ConnectionString, "INSERT INTO orders (id, user_id, status, total_cents) SELECT gen_random_uuid(), $2, 'pending', n FROM generate_series(1, $1) n", rows, admin);
        await Sql.ExecuteAsync(
            _host.ConnectionString,
            "INSERT INTO order_items (order_id, line, product_id, sku, name, quantity, unit_price_cents) SELECT o.id, line, (SELECT id FROM products LIMIT 1), 's', 'Thing', 1, 1 FROM orders o, generate_series(0, 1) line");
        await Sql.ExecuteAsync(
            _host.ConnectionString,
            "INSERT INTO users (id, email, normalized_email, email_confirmed, name, age, is_admin) SELECT gen_random_uuid(), n || '@x.org', n || '@X.ORG', true, 'N', 42, false FROM generate_series(2, $1) n",
            rows);
    }
}

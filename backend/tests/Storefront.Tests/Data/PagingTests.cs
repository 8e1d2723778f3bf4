using System.Text.Json;
using Storefront.Tests.Support;

namespace Storefront.Tests.Data;

/// <summary>Walking a list by its cursors shows every row once, in order.</summary>
public sealed class PagingTests(StorefrontFixture fixture) : IClassFixture<StorefrontFixture>
{
    private const int Rows = 12;

    private readonly StorefrontHost _host = fixture.Host;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(500)]
    public async Task Every_list_shows_every_row_once_and_no_empty_last_page(int limit)
    {
        var admin = await FillAsync();
        await CheckAsync(await admin.Client.PagesAsync("/api/products", limit), "sku", "SELECT sku FROM products ORDER BY id");
        await CheckAsync(await admin.Client.PagesAsync("/api/orders", limit), "id", "SELECT id::text FROM orders ORDER BY id DESC");
        await CheckAsync(await admin.Client.PagesAsync("/api/dashboard", limit, "users"), "id", "SELECT id::text FROM users ORDER BY id");

        async Task CheckAsync(List<List<JsonElement>> pages, string field, string sql)
        {
            var expected = await Sql.ColumnAsync<string>(_host.ConnectionString, sql);
            Assert.Equal(string.Join('\n', expected), string.Join('\n', pages.SelectMany(page => page).Select(row => row.GetProperty(field).GetString())));
            Assert.Equal((Rows + limit - 1) / limit, pages.Count);
            Assert.All(pages.SkipLast(1), page => Assert.Equal(limit, page.Count));
        }
    }

    [Fact]
    public async Task A_row_that_goes_or_comes_while_one_walks_moves_no_other()
    {
        var admin = await FillAsync();
        var first = await admin.Client.ReadAsync("/api/products?limit=4").ShouldBeAsync(200);
        await Sql.ExecuteAsync(_host.ConnectionString, "DELETE FROM products WHERE id IN (SELECT id FROM products ORDER BY id LIMIT 2)");
        await Sql.ExecuteAsync(_host.ConnectionString, "INSERT INTO products (id, sku, name, price_cents, stock) VALUES ('00000000-0000-0000-0000-000000000001', 'early', 'n', 1, 1)");
        var second = await admin.Client.ReadAsync($"/api/products?limit=4&after={first.GetProperty("next").GetString()}").ShouldBeAsync(200);
        Assert.Equal("s5 s6 s7 s8", string.Join(' ', second.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("sku").GetString())));
    }

    [Fact]
    public async Task Where_there_is_nothing_the_only_page_is_empty()
    {
        var person = await _host.SignUpAsync();
        var orders = await person.Client.ReadAsync("/api/orders").ShouldBeAsync(200);
        Assert.Equal("""{"items":[],"next":null}""", orders.GetRawText());
    }

    [Fact]
    public async Task A_page_holds_fifty_rows_where_no_limit_is_given()
    {
        var admin = await FillAsync();
        await Sql.ExecuteAsync(_host.ConnectionString, "INSERT INTO products (id, sku, name, price_cents, stock) SELECT gen_random_uuid(), 'more' || n, 'n', 1, 1 FROM generate_series(1, 60) n");
        var page = await admin.Client.ReadAsync("/api/products").ShouldBeAsync(200);
        Assert.Equal(50, page.GetProperty("items").GetArrayLength());
    }

    private async Task<Person> FillAsync()
    {
        await Sql.ExecuteAsync(_host.ConnectionString, "TRUNCATE order_items, orders, products, owed_mails, users");
        var admin = await _host.SignUpAsync(admin: true);
        await Sql.ExecuteAsync(_host.ConnectionString, "INSERT INTO products (id, sku, name, price_cents, stock) SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 's' || n, 'n', n, n FROM generate_series(1, $1) n", Rows);
        await Sql.ExecuteAsync(_host.ConnectionString, "INSERT INTO orders (id, user_id, status, total_cents) SELECT gen_random_uuid(), $2, 'pending', n FROM generate_series(1, $1) n", Rows, admin.Id);
        await Sql.ExecuteAsync(_host.ConnectionString, "INSERT INTO users (id, email, normalized_email, email_confirmed, name, age, is_admin) SELECT gen_random_uuid(), n || '@x.org', n || '@X.ORG', true, 'N', 42, false FROM generate_series(2, $1) n", Rows);
        return admin;
    }
}

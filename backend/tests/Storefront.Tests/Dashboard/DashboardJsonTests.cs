using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Storefront.Dashboard;
using Storefront.Data;
using Storefront.Orders;
using Storefront.Tests.Support;

namespace Storefront.Tests.Dashboard;

/// <summary>What the dashboard writes by hand is what System.Text.Json makes of the same rows.</summary>
public sealed class DashboardJsonTests(StorefrontFixture fixture) : IClassFixture<StorefrontFixture>
{
    private static readonly string[] Names =
    [
        "plain", "\"quoted\"", "back\\slash", "\\\"\\\\", "line\nfeed\r\ttab\b\f", "\u0001\u001f\u007f\u0080", "ü ß İ ﬁ", "🚀👩‍👩‍👧", "\u2028\u2029", "<script>&'+",
        "\ufeff\ufffd\ud7ff\ue000", "a", new string('\u0001', 200), new string('"', 200), string.Concat(Enumerable.Repeat("🚀", 100)), new string('長', 200), " ", "{}[]:,",
    ];

    private readonly StorefrontHost _host = fixture.Host;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(500)]
    public async Task A_page_is_byte_for_byte_another_writers_page_but_for_escapes(int limit)
    {
        var admin = await FillAsync();
        var expected = await ExpectedAsync();
        var users = (await admin.Client.PagesAsync("/api/dashboard", limit, "users")).SelectMany(page => page).ToList();
        Assert.Equal(expected.GetArrayLength(), users.Count);
        foreach (var (want, got) in expected.EnumerateArray().Zip(users))
        {
            // Written anew by one writer: the same order of fields, the same text, the same numbers and instants.
            Assert.Equal(JsonSerializer.Serialize(want), JsonSerializer.Serialize(got));
        }
    }

    [Fact]
    public async Task The_answer_says_that_it_is_UTF_8_JSON_and_holds_no_secret()
    {
        var admin = await FillAsync();
        var answer = await admin.Client.ReadAsync("/api/dashboard");
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        await answer.ShouldBeAsync(200);
        Assert.Equal("application/json; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.DoesNotContain("argon2id", body, StringComparison.Ordinal);
        Assert.DoesNotContain("stamp", body, StringComparison.OrdinalIgnoreCase);
    }

    // A user for each name, with orders and items that the table's order shuffles.
    private async Task<Person> FillAsync()
    {
        await Sql.ExecuteAsync(_host.ConnectionString, "TRUNCATE order_items, orders, products, owed_mails, users");
        var admin = await _host.SignUpAsync(admin: true);
        var product = Guid.CreateVersion7();
        await Sql.ExecuteAsync(_host.ConnectionString, "INSERT INTO products (id, sku, name, price_cents, stock) VALUES ($1, 's', 'n', 1, 1)", product);
        await Sql.ExecuteAsync(
            _host.ConnectionString,
            "INSERT INTO users (id, email, normalized_email, email_confirmed, name, age, is_admin, created_at) SELECT gen_random_uuid(), n || '@x.org', n || '@X.ORG', true, name, n, false, timestamptz '2024-02-29 23:59:59.999999Z' - n * interval '1 microsecond' FROM unnest($1::text[]) WITH ORDINALITY u(name, n)",
            (object)Names);
        await Sql.ExecuteAsync(
            _host.ConnectionString,
            "INSERT INTO orders (id, user_id, status, total_cents) SELECT gen_random_uuid(), u.id, (ARRAY['pending','paid','shipped','delivered','cancelled'])[1 + n % 5], n * 5000000000 FROM users u, generate_series(0, 4) n WHERE u.age % 3 > 0 ORDER BY random()");
        await Sql.ExecuteAsync(
            _host.ConnectionString,
            "INSERT INTO order_items (order_id, line, product_id, sku, name, quantity, unit_price_cents) SELECT o.id, line, $1, 's' || line, u.name, 1 + line, 2147483647 - line FROM orders o JOIN users u ON u.id = o.user_id, generate_series(0, 11) line WHERE o.status <> 'paid' ORDER BY random()",
            product);
        return admin;
    }

    private async Task<JsonElement> ExpectedAsync()
    {
        await using var scope = _host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<StorefrontDb>();
        var orders = await db.Orders.IgnoreQueryFilters([Ownership.Filter]).OrderBy(order => order.Id).Include(order => order.Items.OrderBy(item => item.Line)).AsNoTracking().ToListAsync();
        var users = await db.Users.OrderBy(user => user.Id).AsNoTracking().ToListAsync();
        var answer = users.Select(user => new DashboardUser(user.Id, user.Name, user.Email!, user.Age, user.CreatedAt, [.. orders.Where(order => order.UserId == user.Id).Select(Shown)]));
        var json = _host.Services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        return JsonSerializer.SerializeToElement(answer, json);
    }

    private static OrderAnswer Shown(Order order) => new(
        order.Id, order.Status, order.TotalCents, order.CreatedAt, [.. order.Items.Select(item => new ItemAnswer(item.Sku, item.Name, item.Quantity, item.UnitPriceCents))], order.Version);
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Storefront.Data;
using Storefront.Tests.Support;

namespace Storefront.Tests.Data;

public sealed class SchemaTests(PostgresFixture postgres, StorefrontFixture fixture) : IClassFixture<StorefrontFixture>
{
    private readonly StorefrontHost _host = fixture.Host;

    [Fact]
    public async Task Every_foreign_key_has_an_index()
    {
        Assert.Equal(4L, await Sql.ScalarAsync<long>(_host.ConnectionString, "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace"));
        Assert.Empty(await ForeignKeys.WithoutIndexAsync(_host.ConnectionString));
    }

    [Fact]
    public async Task A_foreign_key_without_an_index_is_found()
    {
        await using var own = await postgres.CloneAsync();
        await Sql.ExecuteAsync(
            own.ConnectionString,
            """
            CREATE TABLE parent (a int, b int, PRIMARY KEY (a, b));
            CREATE TABLE good (b int, x int, a int, CONSTRAINT good_fk FOREIGN KEY (a, b) REFERENCES parent);
            CREATE INDEX ON good (b, a, x);
            CREATE TABLE bare (a int, b int, CONSTRAINT bare_fk FOREIGN KEY (a, b) REFERENCES parent);
            CREATE TABLE short (a int, b int, CONSTRAINT short_fk FOREIGN KEY (a, b) REFERENCES parent);
            CREATE INDEX ON short (a);
            CREATE TABLE late (x int, a int, b int, CONSTRAINT late_fk FOREIGN KEY (a, b) REFERENCES parent);
            CREATE INDEX ON late (x, a, b);
            CREATE TABLE partial (a int, b int, CONSTRAINT partial_fk FOREIGN KEY (a, b) REFERENCES parent);
            CREATE INDEX ON partial (a, b) WHERE a > 5;
            """);
        Assert.Equal("bare bare_fk, late late_fk, partial partial_fk, short short_fk", string.Join(", ", await ForeignKeys.WithoutIndexAsync(own.ConnectionString)));
    }

    [Fact]
    public void Every_owned_row_is_seen_by_its_owner_alone()
    {
        using var scope = _host.Services.CreateScope();
        var model = scope.ServiceProvider.GetRequiredService<StorefrontDb>().Model;
        var owned = model.GetEntityTypes().Where(type => typeof(IOwned).IsAssignableFrom(type.ClrType)).ToList();
        Assert.NotEmpty(owned);
        Assert.All(owned, type => Assert.NotNull(type.FindDeclaredQueryFilter(Ownership.Filter)));
    }

    [Fact]
    public async Task Nobody_sees_no_orders()
    {
        var person = await _host.SignUpAsync();
        await person.Client.OrderAsync((await _host.AddProductAsync(), 1)).ShouldBeAsync(201);
        await using var scope = _host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<StorefrontDb>();
        Assert.Empty(await db.Orders.ToListAsync(TestContext.Current.CancellationToken));
        Assert.NotEmpty(await db.Orders.IgnoreQueryFilters([Ownership.Filter]).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Every_table_with_a_user_is_marked_as_owned()
    {
        using var scope = _host.Services.CreateScope();
        var model = scope.ServiceProvider.GetRequiredService<StorefrontDb>().Model;
        Assert.Empty(model.GetEntityTypes().Where(type => type.FindProperty("UserId") is not null && !typeof(IOwned).IsAssignableFrom(type.ClrType)).Select(type => type.Name));
    }

    [Fact]
    public void The_model_is_what_the_migrations_make()
    {
        using var scope = _host.Services.CreateScope();
        Assert.False(
            scope.ServiceProvider.GetRequiredService<StorefrontDb>().Database.HasPendingModelChanges(),
            "The model has changed since the last migration: dotnet ef migrations add NAME --project backend/src/Storefront -o Data/Migrations");
    }

    [Theory]
    [InlineData("UPDATE products SET stock = -1", "ck_products_stock")]
    [InlineData("UPDATE products SET price_cents = -1", "ck_products_price_cents")]
    [InlineData("UPDATE users SET age = 0", "ck_users_age")]
    [InlineData("UPDATE users SET age = 151", "ck_users_age")]
    [InlineData("UPDATE orders SET status = 'lost'", "ck_orders_status")]
    [InlineData("UPDATE order_items SET quantity = 0", "ck_order_items_quantity")]
    [InlineData("DELETE FROM users", "fk_orders_users_user_id")]
    [InlineData("DELETE FROM products", "fk_order_items_products_product_id")]
    [InlineData("INSERT INTO products SELECT gen_random_uuid(), sku, 'n', 1, 1 FROM products", "ix_products_sku")]
    public async Task The_database_itself_refuses(string statement, string constraint)
    {
        var person = await _host.SignUpAsync();
        await person.Client.OrderAsync((await _host.AddProductAsync(), 1)).ShouldBeAsync(201);
        var error = await Assert.ThrowsAsync<PostgresException>(() => Sql.ExecuteAsync(_host.ConnectionString, statement));
        Assert.Equal(constraint, error.ConstraintName);
    }

    [Fact]
    public async Task An_orders_items_go_with_it()
    {
        var person = await _host.SignUpAsync();
        await person.Client.OrderAsync((await _host.AddProductAsync(), 1)).ShouldBeAsync(201);
        await Sql.ExecuteAsync(_host.ConnectionString, "DELETE FROM orders WHERE user_id = $1", person.Id);
        Assert.Equal(0L, await Sql.ScalarAsync<long>(_host.ConnectionString, "SELECT count(*) FROM order_items WHERE order_id NOT IN (SELECT id FROM orders)"));
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Data;
using Storefront.Tests.Support;

namespace Storefront.Tests.Data;

public sealed class VersioningTests(StorefrontFixture fixture) : IClassFixture<StorefrontFixture>
{
    private readonly StorefrontHost _host = fixture.Host;

    [Fact]
    public async Task Every_versioned_table_counts_by_itself()
    {
        using var scope = _host.Services.CreateScope();
        var tables = scope.ServiceProvider.GetRequiredService<StorefrontDb>().Model.GetEntityTypes()
            .Where(type => typeof(IVersioned).IsAssignableFrom(type.ClrType)).Select(type => type.GetTableName()!).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(["orders", "products", "users"], tables);
        Assert.Equal(tables, await Sql.ColumnAsync<string>(
            _host.ConnectionString, $"SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = '{Versioning.Trigger}' ORDER BY 1"));
    }

    [Fact]
    public async Task A_change_counts_whoever_makes_it_and_one_that_changes_nothing_does_not()
    {
        var sku = await _host.AddProductAsync(stock: 5);
        Assert.Equal(1, await VersionAsync(sku));
        await Sql.ExecuteAsync(_host.ConnectionString, "UPDATE products SET stock = 6 WHERE sku = $1", sku);
        Assert.Equal(2, await VersionAsync(sku));
        await Sql.ExecuteAsync(_host.ConnectionString, "UPDATE products SET stock = 6 WHERE sku = $1", sku);
        Assert.Equal(2, await VersionAsync(sku));
        await Sql.ExecuteAsync(_host.ConnectionString, "UPDATE products SET name = 'n', version = 1 WHERE sku = $1", sku);
        Assert.Equal(3, await VersionAsync(sku));
    }

    [Fact]
    public async Task A_tracked_row_that_somebody_else_changed_is_not_saved()
    {
        var sku = await _host.AddProductAsync(stock: 5);
        await using var scope = _host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<StorefrontDb>();
        var product = await db.Products.SingleAsync(row => row.Sku == sku, TestContext.Current.CancellationToken);
        await Sql.ExecuteAsync(_host.ConnectionString, "UPDATE products SET stock = 4 WHERE sku = $1", sku);
        product.Stock--;
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => db.SaveChangesAsync(TestContext.Current.CancellationToken));
        Assert.Equal(4, await _host.StockAsync(sku));
    }

    private Task<long> VersionAsync(string sku) => Sql.ScalarAsync<long>(_host.ConnectionString, "SELECT version FROM products WHERE sku = $1", sku);
}

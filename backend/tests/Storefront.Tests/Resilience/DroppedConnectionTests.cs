using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Storefront.Tests.Support;

namespace Storefront.Tests.Resilience;

/// <summary>The server ended every connection that waited in the pool, as a restart, a failover or a firewall does.</summary>
public sealed class DroppedConnectionTests(StorefrontFixture fixture) : IClassFixture<StorefrontFixture>
{
    private const int Connections = 8;

    private readonly StorefrontHost _host = fixture.Host;

    [Fact]
    public async Task The_next_read_is_answered()
    {
        var buyer = await _host.BuyerAsync();
        await DropAsync();
        await buyer.Client.LookAsync("/api/me").ShouldBeAsync(200);
        await DropAsync();
        await _host.Anonymous.LookAsync("/api/products").ShouldBeAsync(200);
        await DropAsync();
        await buyer.Client.LookAsync("/api/orders").ShouldBeAsync(200);
    }

    [Fact]
    public async Task The_next_look_at_readiness_is_answered_with_ready()
    {
        // The first look reads the migrations, and may take longer than a probe waits.
        await Eventually.TrueAsync("it is ready", _host.Anonymous.IsReadyAsync);
        await DropAsync();
        await _host.Anonymous.LookAsync("/health/ready").ShouldBeAsync(200);
    }

    [Fact]
    public async Task The_next_page_of_the_dashboard_is_answered()
    {
        var admin = (await _host.BuyersAsync(1, admin: true))[0];
        await DropAsync();
        var page = await admin.Client.LookAsync("/api/dashboard?limit=500").ShouldBeAsync(200);
        Assert.Contains(page.GetProperty("users").EnumerateArray(), user => user.GetProperty("id").GetGuid() == admin.Id);
    }

    [Fact]
    public async Task The_next_order_is_placed_once()
    {
        var sku = await _host.StockUpAsync(stock: 10);
        var buyer = await _host.BuyerAsync();
        await DropAsync();
        var order = await buyer.Client.BuyAsync(sku, 3).ShouldBeAsync(201);
        Assert.Equal([order.GetProperty("id").GetGuid()], await Sql.ColumnAsync<Guid>(_host.ConnectionString, "SELECT id FROM orders WHERE user_id = $1", buyer.Id));
        Assert.Equal(7, await _host.LeftAsync(sku));

        await DropAsync();
        await buyer.Client.CancelAsync(order.GetProperty("id").GetGuid()).ShouldBeAsync(200);
        Assert.Equal(10, await _host.LeftAsync(sku));
    }

    [Fact]
    public async Task A_crowd_of_orders_is_placed_each_once()
    {
        var sku = await _host.StockUpAsync(stock: 100);
        var buyers = await _host.BuyersAsync(2 * Connections);
        await DropAsync();
        var answers = await Task.WhenAll(buyers.Select(buyer => buyer.Client.BuyAsync(sku)));
        foreach (var answer in answers) await answer.ShouldBeAsync(201);
        Assert.Equal(answers.Length, await _host.OrderedAsync(sku));
        Assert.Equal(100 - answers.Length, await _host.LeftAsync(sku));
    }

    [Fact]
    public async Task The_next_sign_up_makes_one_account_and_the_next_log_in_lets_it_in()
    {
        var email = People.NewEmail();
        await DropAsync();
        await _host.Anonymous.TellAsync("/api/signup", new { email, password = People.Password, name = "A Person", age = 42 }).ShouldBeAsync(201);
        Assert.Equal(1, await Sql.ScalarAsync<long>(_host.ConnectionString, "SELECT count(*) FROM users WHERE email = $1", email));
        await DropAsync();
        Assert.NotEmpty(await _host.LogInAsync(email));
    }

    private async Task DropAsync()
    {
        var source = _host.Services.GetRequiredService<NpgsqlDataSource>();
        var held = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => source.OpenConnectionAsync(TestContext.Current.CancellationToken).AsTask()));
        foreach (var connection in held) await connection.DisposeAsync();
        var pids = (await Sql.ColumnAsync<int>(
            _host.ConnectionString, "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'storefront'")).ToArray();
        await Sql.ExecuteAsync(_host.ConnectionString, "SELECT pg_terminate_backend(pid, 5000) FROM unnest($1::int[]) AS pid", pids);
        // One may have gone by itself before it was its turn: background work has noticed that the others went.
        var left = await Sql.ScalarAsync<long>(_host.ConnectionString, "SELECT count(*) FROM pg_stat_activity WHERE pid = ANY ($1)", pids);
        Assert.True(pids.Length >= Connections && left == 0, $"{pids.Length} connections were to be ended, {left} are left");
    }
}

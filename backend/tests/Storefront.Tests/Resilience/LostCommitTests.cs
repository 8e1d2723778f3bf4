using Roadworthy.Testing;
using Storefront.Tests.Support;

namespace Storefront.Tests.Resilience;

/// <summary>PostgreSQL has committed, and the connection broke before it could say so.</summary>
public sealed class LostCommitTests(PostgresFixture postgres) : IAsyncLifetime
{
    private PostgresProxy _proxy = null!;
    private StorefrontHost? _host;

    private StorefrontHost Host => _host!;

    public async ValueTask InitializeAsync()
    {
        var database = await postgres.CloneAsync();
        _proxy = PostgresProxy.Before(database.ConnectionString);
        _host = await StorefrontHost.StartAsync(_proxy.Through(database.ConnectionString), database);
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        await _proxy.DisposeAsync();
    }

    [Fact]
    public async Task The_order_is_looked_up_and_acknowledged_not_placed_again()
    {
        var sku = await Host.StockUpAsync(stock: 10);
        var buyer = await Host.BuyerAsync();
        var lost = _proxy.LoseAnswerTo(PostgresProxy.Commit);

        var order = await buyer.Client.BuyAsync(sku, 3).ShouldBeAsync(201);

        await lost.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal([order.GetProperty("id").GetGuid()], await Sql.ColumnAsync<Guid>(Host.ConnectionString, "SELECT id FROM orders"));
        Assert.Equal(7, await Host.LeftAsync(sku));
        Assert.Empty(Host.Records.Errors());
    }

    [Fact]
    public async Task The_cancel_gives_the_stock_back_once()
    {
        var sku = await Host.StockUpAsync(stock: 10);
        var buyer = await Host.BuyerAsync();
        var order = (await buyer.Client.BuyAsync(sku, 3).ShouldBeAsync(201)).GetProperty("id").GetGuid();
        var lost = _proxy.LoseAnswerTo(PostgresProxy.Commit);

        var answer = await buyer.Client.CancelAsync(order).ShouldBeAsync(200);

        Assert.Equal("cancelled", answer.GetProperty("status").GetString());
        await lost.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal(10, await Host.LeftAsync(sku));
    }

    [Fact]
    public async Task The_sign_up_makes_one_account_and_is_not_told_that_the_address_is_taken()
    {
        var email = People.NewEmail();
        var lost = _proxy.LoseAnswerTo("INSERT INTO users");
        await Host.Anonymous.TellAsync("/api/signup", new { email, password = People.Password, name = "A Person", age = 42 }).ShouldBeAsync(201);
        await lost.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal(1, await Sql.ScalarAsync<long>(Host.ConnectionString, "SELECT count(*) FROM users WHERE email = $1", email));
        Assert.NotEmpty(await Host.LogInAsync(email));
    }

    [Fact]
    public async Task The_refusal_of_an_order_stays_a_refusal()
    {
        var sku = await Host.StockUpAsync(stock: 1);
        var buyer = await Host.BuyerAsync();
        var lost = _proxy.LoseAnswerTo(PostgresProxy.Commit);
        await buyer.Client.BuyAsync(sku, 3).ShouldBeProblemAsync(409, "out-of-stock");
        await lost.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        await Host.ShouldBeUntouchedAsync(sku, stock: 1);
    }
}

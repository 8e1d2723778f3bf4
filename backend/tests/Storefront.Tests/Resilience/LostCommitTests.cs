using Npgsql;
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

    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    public async Task An_order_whose_commit_is_still_under_way_when_it_is_looked_for_is_found_and_told(int stock)
    {
        const int Gate = 4711;
        var sku = await Host.StockUpAsync(stock);
        var buyer = await Host.BuyerAsync();
        await Sql.ExecuteAsync(
            Host.ConnectionString,
            $"""
            CREATE FUNCTION slow_commit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_advisory_xact_lock({Gate}); RETURN NULL; END $$;
            CREATE CONSTRAINT TRIGGER slow_commit AFTER INSERT ON orders DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION slow_commit();
            """);
        await using var gate = new NpgsqlConnection(Host.ConnectionString);
        await gate.OpenAsync(TestContext.Current.CancellationToken);
        await using var closed = await gate.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var take = new NpgsqlCommand($"SELECT pg_advisory_xact_lock({Gate})::text", gate)) await take.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var cut = _proxy.CutAfter(PostgresProxy.Commit);
        var buying = buyer.Client.BuyAsync(sku, 3);
        await cut;
        // The repeat waits for the products, which the first attempt has until its commit is through.
        await Eventually.TrueAsync(
            "the repeat waits for the products",
            async () => await Sql.ScalarAsync<long>(Host.ConnectionString, "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%FROM products%FOR NO KEY UPDATE%'") > 0);
        await closed.CommitAsync(TestContext.Current.CancellationToken);

        var order = await buying.ShouldBeAsync(201);
        Assert.Equal([order.GetProperty("id").GetGuid()], await Sql.ColumnAsync<Guid>(Host.ConnectionString, "SELECT id FROM orders"));
        Assert.Equal(3, order.GetProperty("items")[0].GetProperty("quantity").GetInt32());
        Assert.Equal(stock - 3, await Host.LeftAsync(sku));
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

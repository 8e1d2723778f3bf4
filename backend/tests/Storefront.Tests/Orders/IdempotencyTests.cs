using System.Text.Json;
using Roadworthy.Testing;
using Storefront.Tests.Support;

namespace Storefront.Tests.Orders;

/// <summary>Orders with an Idempotency-Key.</summary>
public sealed class IdempotencyTests(PostgresFixture postgres, StorefrontFixture fixture) : IClassFixture<StorefrontFixture>
{
    private readonly StorefrontHost _host = fixture.Host;

    [Fact]
    public async Task Two_hundred_posts_of_one_order_with_one_key_are_one_order_and_one_answer()
    {
        const int Posts = 200;
        var sku = await _host.StockUpAsync(stock: 1_000);
        var buyer = await _host.BuyerAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, Posts).Select(_ => UntilPlacedAsync(buyer.Client, "key", sku, 3)));

        Assert.Single(answers.Distinct(StringComparer.Ordinal));
        Assert.Equal(997, await _host.LeftAsync(sku));
        Assert.Equal(3, await _host.OrderedAsync(sku));
        Assert.Equal(1, await Sql.ScalarAsync<long>(_host.ConnectionString, "SELECT count(*) FROM orders WHERE user_id = $1", buyer.Id));
    }

    [Fact]
    public async Task The_same_key_and_body_answer_the_same_bytes_also_when_the_order_has_changed_since()
    {
        var sku = await _host.StockUpAsync(stock: 10);
        var buyer = await _host.BuyerAsync();
        var first = await OrderAsync(buyer.Client, "key", sku, 1);
        var id = (await first.ShouldBeAsync(201)).GetProperty("id").GetGuid();
        await buyer.Client.CancelAsync(id).ShouldBeAsync(200);
        var again = await OrderAsync(buyer.Client, "key", sku, 1);
        Assert.Equal(await WholeAsync(first), await WholeAsync(again));
        Assert.Equal(10, await _host.LeftAsync(sku));
    }

    [Fact]
    public async Task Another_order_with_the_key_is_a_422_and_another_buyer_has_keys_of_his_own()
    {
        var sku = await _host.StockUpAsync(stock: 10);
        var buyers = await _host.BuyersAsync(2);
        await OrderAsync(buyers[0].Client, "key", sku, 1).ShouldBeAsync(201);
        await OrderAsync(buyers[0].Client, "key", sku, 2).ShouldBeProblemAsync(422, "idempotency-key-reused");
        await OrderAsync(buyers[1].Client, "key", sku, 2).ShouldBeAsync(201);
        Assert.Equal(7, await _host.LeftAsync(sku));
    }

    [Fact]
    public async Task What_means_the_same_in_other_words_is_the_same_request()
    {
        var sku = await _host.StockUpAsync(stock: 10);
        var buyer = await _host.BuyerAsync();
        var first = await SendAsync(buyer.Client, "key", $$"""{"items":[{"sku":"{{sku}}","quantity":2}]}""").ShouldBeAsync(201);
        var again = await SendAsync(buyer.Client, "\"key\"", $$"""{"items":[{"sku":"{{sku}}","quantity":"2.0"}]}""").ShouldBeAsync(201);
        Assert.Equal(first.GetRawText(), again.GetRawText());
        Assert.Equal(8, await _host.LeftAsync(sku));
    }

    [Fact]
    public async Task A_refused_order_leaves_the_key_free()
    {
        var sku = await _host.StockUpAsync(stock: 1);
        var buyer = await _host.BuyerAsync();
        await OrderAsync(buyer.Client, "key", sku, 2).ShouldBeProblemAsync(409, "out-of-stock");
        await SendAsync(buyer.Client, "key", """{"items":[]}""").ShouldBeProblemAsync(400, "invalid-input");
        await OrderAsync(buyer.Client, "key", "no-such", 2).ShouldBeProblemAsync(400, "invalid-input");
        await Sql.ExecuteAsync(_host.ConnectionString, "UPDATE products SET stock = 2 WHERE sku = $1", sku);
        await OrderAsync(buyer.Client, "key", sku, 2).ShouldBeAsync(201);
        Assert.Equal(0, await _host.LeftAsync(sku));
    }

    [Fact]
    public async Task An_order_of_an_account_that_is_gone_is_a_401()
    {
        var sku = await _host.StockUpAsync(stock: 1);
        var buyer = await _host.BuyerAsync();
        await Sql.ExecuteAsync(_host.ConnectionString, "DELETE FROM users WHERE id = $1", buyer.Id);
        await OrderAsync(buyer.Client, "key", sku, 1).ShouldBeProblemAsync(401);
        Assert.Equal(1, await _host.LeftAsync(sku));
    }

    [Fact]
    public async Task A_commit_whose_answer_was_lost_is_answered_as_made()
    {
        var database = await postgres.CloneAsync();
        await using var proxy = PostgresProxy.Before(database.ConnectionString);
        await using var host = await StorefrontHost.StartAsync(proxy.Through(database.ConnectionString), database);
        var sku = await host.StockUpAsync(stock: 10);
        var buyer = await host.BuyerAsync();
        var lost = proxy.LoseAnswerTo(PostgresProxy.Commit);
        var first = await OrderAsync(buyer.Client, "key", sku, 3).ShouldBeAsync(201);
        await lost.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        var again = await OrderAsync(buyer.Client, "key", sku, 3).ShouldBeAsync(201);
        Assert.Equal(first.GetRawText(), again.GetRawText());
        Assert.Equal((1, 7), (await host.OrderCountAsync(), await host.LeftAsync(sku)));
    }

    [Fact]
    public async Task A_key_costs_three_statements_at_most()
    {
        await using var host = await StorefrontHost.StartAsync(postgres);
        var sku = await host.StockUpAsync(stock: 1_000);
        var buyer = await host.BuyerAsync();
        var number = 0;
        var without = await host.CountStatementsAsync(() => buyer.Client.BuyAsync(sku).ShouldBeAsync(201));
        var with = await host.CountStatementsAsync(() => OrderAsync(buyer.Client, $"key-{number++}", sku, 1).ShouldBeAsync(201));
        Assert.True(with.Calls <= without.Calls + 3, $"With a key {with}\nWithout one {without}");
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task Instances_that_are_killed_in_the_middle_of_orders_leave_exactly_one_for_each_key()
    {
        const int Buyers = 24;
        await using var fleet = await Fleet.StartAsync(postgres);
        var sku = await Shop.StockUpAsync(fleet.ConnectionString, stock: 1_000);
        using var anybody = fleet.Client();
        var buyer = await anybody.SignUpAsync();

        Task<string>[] orders;
        await using (await RowLock.OnAsync(fleet.ConnectionString, sku))
        {
            orders = [.. Enumerable.Range(0, Buyers).Select(n => UntilPlacedAsync(buyer, $"key-{n}", sku, 2))];
            await RowLock.HasWaitersAsync(fleet.ConnectionString, Buyers);
            fleet.Kill(0);
            fleet.Kill(1);
        }

        var placed = await Task.WhenAll(orders);
        Assert.Equal(Buyers, placed.Distinct(StringComparer.Ordinal).Count());
        for (var n = 0; n < Buyers; n++) Assert.Equal(placed[n], await UntilPlacedAsync(buyer, $"key-{n}", sku, 2));
        Assert.Equal(Buyers, await Sql.ScalarAsync<long>(fleet.ConnectionString, "SELECT count(*) FROM orders"));
        Assert.Equal(1_000 - (2 * Buyers), await Sql.ScalarAsync<int>(fleet.ConnectionString, "SELECT stock FROM products WHERE sku = $1", sku));
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task Instances_that_are_killed_under_a_stream_of_orders_leave_exactly_one_for_each_key()
    {
        await using var fleet = await Fleet.StartAsync(postgres);
        var sku = await Shop.StockUpAsync(fleet.ConnectionString, stock: 100_000);
        using var anybody = fleet.Client();
        var buyer = await anybody.SignUpAsync();
        var placed = 0;
        var tried = 0;
        using var stop = new CancellationTokenSource();
        var clients = Task.WhenAll(Enumerable.Range(0, 12).Select(client => Task.Run(async () =>
        {
            for (var n = 0; !stop.IsCancellationRequested; n++)
            {
                await UntilPlacedAsync(buyer, $"key-{client}-{n}", sku, 1, () => Interlocked.Increment(ref tried));
                Interlocked.Increment(ref placed);
            }
        })));
        for (var kill = 0; kill < 2; kill++)
        {
            var before = Volatile.Read(ref placed);
            await Eventually.TrueAsync("everybody orders", () => Volatile.Read(ref placed) > before + 60 || clients.IsFaulted);
            fleet.Kill(kill);
        }

        var after = Volatile.Read(ref placed);
        await Eventually.TrueAsync("everybody goes on", () => Volatile.Read(ref placed) > after + 60 || clients.IsFaulted);
        await stop.CancelAsync();
        await clients;
        Assert.True(tried > placed, "No kill met an order.");
        Assert.Equal(placed, await Sql.ScalarAsync<long>(fleet.ConnectionString, "SELECT count(*) FROM orders"));
        Assert.Equal(100_000 - placed, await Sql.ScalarAsync<int>(fleet.ConnectionString, "SELECT stock FROM products WHERE sku = $1", sku));
    }

    /// <summary>As a client does that wants one order: again with the same key, until it has an answer.</summary>
    private static async Task<string> UntilPlacedAsync(HttpClient buyer, string key, string sku, int quantity, Action? trying = null)
    {
        for (var tries = 0; tries < 5_000; tries++)
        {
            trying?.Invoke();
            try
            {
                using var answer = await OrderAsync(buyer, key, sku, quantity);
                if ((int)answer.StatusCode == 201) return await WholeAsync(answer);
                if ((int)answer.StatusCode != 503)
                {
                    await Task.FromResult(answer).ShouldBeProblemAsync(409, "idempotency-in-flight");
                    Assert.NotNull(answer.Headers.RetryAfter?.Delta);
                }
            }
            catch (HttpRequestException)
            {
                // The instance is gone: nobody knows what became of the order.
            }
        }

        throw new InvalidOperationException($"The order with {key} was never placed.");
    }

    private static Task<HttpResponseMessage> OrderAsync(HttpClient buyer, string key, string sku, int quantity) =>
        SendAsync(buyer, key, JsonSerializer.Serialize(new { items = new[] { new { sku, quantity } } }));

    private static Task<HttpResponseMessage> SendAsync(HttpClient buyer, string key, string json)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/orders") { Content = Requests.Json(json) };
        request.Headers.Add("Idempotency-Key", key);
        return buyer.SendAsync(request);
    }

    private static async Task<string> WholeAsync(HttpResponseMessage answer) =>
        $"{(int)answer.StatusCode} {answer.Headers.Location} {answer.Headers.ETag} {answer.Content.Headers.ContentType} {Convert.ToHexString(await answer.Content.ReadAsByteArrayAsync())}";
}

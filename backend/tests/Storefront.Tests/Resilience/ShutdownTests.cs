using System.Diagnostics;
using Storefront.Tests.Support;

namespace Storefront.Tests.Resilience;

public sealed class ShutdownTests(PostgresFixture postgres)
{
    private static readonly TimeSpan Quickly = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task A_stopping_host_lets_the_order_in_flight_finish_and_takes_no_new_connection()
    {
        await using var host = await StorefrontHost.StartAsync(postgres);
        var sku = await host.StockUpAsync(stock: 5);
        var buyer = await host.BuyerAsync();
        Task<HttpResponseMessage> order;
        Task stopping;
        await using (await RowLock.OnAsync(host.ConnectionString, sku))
        {
            order = buyer.Client.BuyAsync(sku);
            await RowLock.HasWaitersAsync(host.ConnectionString);
            stopping = host.StopAsync();
            await IsClosedAsync(host.Address);
            Assert.False(order.IsCompleted);
            Assert.False(stopping.IsCompleted);
        }

        await order.ShouldBeAsync(201);
        await stopping.WaitAsync(Quickly, TestContext.Current.CancellationToken);
        Assert.Equal(4, await host.LeftAsync(sku));
        Assert.Empty(host.Records.Errors());
    }

    [Fact]
    public async Task SIGTERM_lets_the_order_in_flight_finish_and_ends_with_0()
    {
        await using var database = await postgres.CloneAsync();
        var sku = await Shop.StockUpAsync(database.ConnectionString, stock: 5);
        await using var process = BackendProcess.Deployed(database.ConnectionString);
        var address = await process.AddressAsync();
        using var buyer = new HttpClient { BaseAddress = address };
        await buyer.SignUpAsync();
        Task<HttpResponseMessage> order;
        await using (await RowLock.OnAsync(database.ConnectionString, sku))
        {
            order = buyer.BuyAsync(sku);
            await RowLock.HasWaitersAsync(database.ConnectionString);
            await process.SignalAsync("TERM");
            await IsClosedAsync(address);
            Assert.False(order.IsCompleted);
            Assert.False(process.HasExited);
        }

        await order.ShouldBeAsync(201);
        Assert.Equal(0, await process.ExitAsync(Quickly));
        Assert.Equal(4, await Sql.ScalarAsync<int>(database.ConnectionString, "SELECT stock FROM products WHERE sku = $1", sku));
        Assert.DoesNotContain("RequestFailed", process.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task An_idle_process_ends_with_0_at_once(string signal)
    {
        await using var database = await postgres.CloneAsync();
        await using var process = BackendProcess.Deployed(database.ConnectionString);
        using var client = new HttpClient { BaseAddress = await process.AddressAsync() };
        // A kept-alive connection must not hold it up.
        await Eventually.TrueAsync("it is ready", client.IsReadyAsync);
        var since = Stopwatch.StartNew();
        await process.SignalAsync(signal);
        Assert.Equal(0, await process.ExitAsync(Quickly));
        Assert.True(since.Elapsed < Quickly, $"{since.Elapsed}");
    }

    // Either way a balancer looks elsewhere.
    private static Task<TimeSpan> IsClosedAsync(Uri address) => Eventually.TrueAsync("new connections are refused, or told that it is not ready", async () =>
    {
        using var stranger = new HttpClient { BaseAddress = address, Timeout = Quickly };
        try
        {
            return (int)(await stranger.LookAsync("/health/ready")).StatusCode == 503;
        }
        catch (HttpRequestException)
        {
            return true;
        }
    });
}

using System.Diagnostics;
using Roadworthy.Postgres;
using Storefront.Tests.Support;

namespace Storefront.Tests.Resilience;

public sealed class OutageTests(ITestOutputHelper output)
{
    private const int Stock = 100_000_000;
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task PostgreSQL_is_killed_under_a_stream_of_orders_and_no_acknowledged_order_is_lost_or_doubled()
    {
        await using var folder = TemporaryFolder.Create();
        // A kept folder: fsync is on, as in production.
        await using var server = await PostgresServer.StartAsync(new() { DataDirectory = folder.Sub("postgres") }, TestContext.Current.CancellationToken);
        await server.CreateDatabaseAsync("storefront", TestContext.Current.CancellationToken);
        await using var host = await StorefrontHost.StartAsync(
            server.GetConnectionString("storefront"), settings: new Dictionary<string, string?>(StringComparer.Ordinal) { ["Storefront:MigrateAtStart"] = "true" });
        var (few, many) = (await host.StockUpAsync(Stock), await host.StockUpAsync(Stock));
        var buyers = (await host.BuyersAsync(6)).ConvertAll(buyer => buyer.Client);

        var orders = OrderStream.Start(buyers, (few, many));
        for (var kill = 1; kill <= 2; kill++)
        {
            await SurviveAsync(server, orders, buyers.Count);
        }

        await orders.StopAsync();

        var attempts = orders.Attempts;
        Assert.All(attempts, attempt => Assert.True(attempt.Status is 201 or 503, $"{attempt}"));
        Assert.All(attempts, attempt => Assert.True(attempt.Took < LongestAnswer, $"{attempt}"));
        Assert.All(attempts.Where(attempt => attempt.Status == 503), attempt => Assert.True(attempt.RetryAfter && attempt.TraceId.Length == 32, $"{attempt}"));
        await ShouldAddUpAsync(host, attempts, few, many);
        ShouldBeRecordedOnce(host, attempts);
        await host.Anonymous.LookAsync("/health/ready").ShouldBeAsync(200);
        output.WriteLine($"{attempts.Count(a => a.Status == 201)} orders, {attempts.Count(a => a.Status == 503)} times 503, longest answer {attempts.Max(a => a.Took).TotalSeconds:0.00} s");
    }

    private async Task SurviveAsync(PostgresServer server, OrderStream orders, int buyers)
    {
        var before = orders.Placed;
        await Eventually.TrueAsync("orders are placed", () => orders.Placed >= before + (buyers * 3));

        using (var postmaster = Process.GetProcessById(server.ProcessId)) postmaster.Kill();
        var killed = DateTime.UtcNow;
        await Eventually.TrueAsync("every buyer was told of the outage twice", () => ByBuyer(orders, killed, 503).Count(count => count >= 2) == buyers);

        var since = Stopwatch.StartNew();
        await server.RestartAsync(TestContext.Current.CancellationToken);
        var (restarted, restart) = (DateTime.UtcNow, since.Elapsed);
        await Eventually.TrueAsync("every buyer is served again", () => ByBuyer(orders, restarted, 201).Count(count => count >= 2) == buyers);
        var first = orders.Attempts.Where(attempt => attempt.Status == 201 && attempt.Ended > killed + TimeSpan.FromSeconds(0.5)).Min(attempt => attempt.Ended);
        output.WriteLine($"PostgreSQL took {restart.TotalSeconds:0.00} s to start again; the first order came {(first - restarted).TotalSeconds:0.00} s, the last buyer's {since.Elapsed.TotalSeconds - restart.TotalSeconds:0.00} s after it");
    }

    private static IEnumerable<int> ByBuyer(OrderStream orders, DateTime after, int status) =>
        orders.Attempts.Where(attempt => attempt.Ended > after && attempt.Status == status).GroupBy(attempt => attempt.Buyer).Select(group => group.Count());

    private static async Task ShouldAddUpAsync(StorefrontHost host, IReadOnlyList<Attempt> attempts, string few, string many)
    {
        var stored = (await Sql.ColumnAsync<Guid>(host.ConnectionString, "SELECT id FROM orders")).ToHashSet();
        var acknowledged = attempts.Where(attempt => attempt.Status == 201).Select(attempt => attempt.Id).ToList();
        Assert.All(acknowledged, id => Assert.Contains(id, stored));
        Assert.Equal(acknowledged.Count, acknowledged.Distinct().Count());
        // An order whose answer was a 503 may have been written: when the answer to COMMIT is lost, and stays lost.
        Assert.True(stored.Count <= attempts.Count, $"{stored.Count} orders from {attempts.Count} attempts");
        Assert.Empty(await Sql.ColumnAsync<string>(
            host.ConnectionString,
            """
            SELECT user_id || ' ' || items
            FROM (SELECT o.user_id, string_agg(i.sku || ' x ' || i.quantity, ', ' ORDER BY i.sku) AS items
                  FROM orders o JOIN order_items i ON i.order_id = o.id GROUP BY o.id) AS one
            GROUP BY user_id, items HAVING count(*) > 1
            """));
        foreach (var sku in (string[])[few, many])
            Assert.Equal(Stock, await host.LeftAsync(sku) + await host.OrderedAsync(sku));
        Assert.Equal(2L * stored.Count, await Sql.ScalarAsync<long>(host.ConnectionString, "SELECT count(*) FROM order_items"));
    }

    private static void ShouldBeRecordedOnce(StorefrontHost host, IReadOnlyList<Attempt> attempts)
    {
        var errors = host.Records.Errors().CountBy(record => record.TryGetProperty("traceId", out var trace) ? trace.GetString()! : "").ToDictionary();
        Assert.All(attempts.Where(attempt => attempt.Status == 503), attempt => Assert.True(errors.GetValueOrDefault(attempt.TraceId) == 1, $"{errors.GetValueOrDefault(attempt.TraceId)} error records of {attempt}"));
    }
}

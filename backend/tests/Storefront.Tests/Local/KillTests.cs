using System.Diagnostics;
using Storefront.Tests.Support;

namespace Storefront.Tests.Local;

/// <summary>SIGKILL of ./run's process, at moments that nobody has chosen.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Stock = 100_000_000;
    private static readonly (string Few, string Many) Skus = ("kill-few", "kill-many");

    private readonly List<Guid> _acknowledged = [];
    private readonly List<string> _tokens = [];
    private int _nextNumber;

    [Fact]
    [Trait("Category", "Long")]
    public Task Three_kills_leave_no_process_lose_no_acknowledged_order_and_the_next_start_works() => KillAsync(times: 3);

    [Fact]
    [Trait("Category", "Long")]
    public Task Ten_kills_leave_no_process_lose_no_acknowledged_order_and_the_next_start_works() => KillAsync(times: 10);

    private async Task KillAsync(int times)
    {
        await using var folder = TemporaryFolder.Create();
        var data = folder.Sub("data");
        for (var kill = 0; kill < times; kill++)
        {
            // The very first start makes the cluster, the schema and the demo data: it is killed in the middle of that.
            if (kill % 3 == 0) await KillAStartAsync(data);
            else await KillUnderOrdersAsync(data);
            // Every other time the next start comes while the watchdog is still at it.
            if (kill % 2 == 1) output.WriteLine($"No process left {(await FolderProcesses.GoneAsync(folder.Path)).TotalSeconds:0.00} s after the kill");
        }

        await using (var last = await LocalRun.StartAsync(data))
        {
            output.WriteLine($"The last start: {last.Process.Output.Split('\n').First(line => line.Contains("is ready", StringComparison.Ordinal)).Trim()}");
            await ShouldBeWholeAsync(last);
            Assert.Equal(0, await last.EndAsync());
        }

        Assert.Empty(FolderProcesses.Of(folder.Path));
        output.WriteLine($"{_acknowledged.Count} acknowledged orders");
    }

    private async Task KillAStartAsync(string data)
    {
        var moment = TimeSpan.FromMilliseconds(Random.Shared.Next(100, 4_000));
        await using var process = LocalRun.Begin(data);
        var since = Stopwatch.StartNew();
        await Eventually.TrueAsync("the moment has come", () => since.Elapsed > moment || process.HasExited);
        Assert.False(process.HasExited, process.Output + process.Errors);
        process.Kill();
        output.WriteLine($"Killed {moment.TotalSeconds:0.00} s into a start that had said {process.Output.Split('\n').Length - 1} lines");
    }

    private async Task KillUnderOrdersAsync(string data)
    {
        await using var run = await LocalRun.StartAsync(data);
        if (_tokens.Count == 0) await OpenShopAsync(run);
        var orders = OrderStream.Start(_tokens.ConvertAll(run.Client), Skus, _nextNumber);
        var enough = Random.Shared.Next(1, 60);
        await Eventually.TrueAsync($"{enough} orders are placed", () => orders.Placed >= enough);
        run.Process.Kill();
        await orders.EndAsync();

        var attempts = orders.Attempts;
        Assert.All(attempts, attempt => Assert.True(attempt.Status is 201 or 0, $"{attempt}"));
        _acknowledged.AddRange(attempts.Where(attempt => attempt.Status == 201).Select(attempt => attempt.Id));
        _nextNumber = attempts.Max(attempt => attempt.Number) + 1;
        output.WriteLine($"Killed after {attempts.Count(attempt => attempt.Status == 201)} orders");
    }

    private async Task OpenShopAsync(LocalRun run)
    {
        var admin = await run.LogInAsync("admin@example.com");
        foreach (var sku in (string[])[Skus.Few, Skus.Many])
            await admin.TellAsync("/api/products", new { sku, name = sku, priceCents = 100, stock = Stock }).ShouldBeAsync(201);
        for (var buyer = 0; buyer < 3; buyer++)
            _tokens.Add((await run.Client().SignUpAsync()).DefaultRequestHeaders.Authorization!.Parameter!);
    }

    private async Task ShouldBeWholeAsync(LocalRun run)
    {
        var ids = new HashSet<Guid>();
        var ordered = new Dictionary<string, int>(StringComparer.Ordinal) { [Skus.Few] = 0, [Skus.Many] = 0 };
        foreach (var token in _tokens)
        {
            var goods = new HashSet<string>(StringComparer.Ordinal);
            await foreach (var order in run.Client(token).EachAsync("/api/orders"))
            {
                ids.Add(order.GetProperty("id").GetGuid());
                var items = order.GetProperty("items").EnumerateArray().ToDictionary(
                    item => item.GetProperty("sku").GetString()!, item => item.GetProperty("quantity").GetInt32(), StringComparer.Ordinal);
                Assert.Equal(2, items.Count);
                Assert.True(goods.Add($"{items[Skus.Few]} {items[Skus.Many]}"), "An order is there twice.");
                foreach (var (sku, quantity) in items) ordered[sku] += quantity;
            }
        }

        Assert.All(_acknowledged, id => Assert.Contains(id, ids));
        await foreach (var product in run.Anonymous.EachAsync("/api/products"))
            if (ordered.Remove(product.GetProperty("sku").GetString()!, out var pieces)) Assert.Equal(Stock, product.GetProperty("stock").GetInt32() + pieces);
        Assert.Empty(ordered);
        var admin = await run.LogInAsync("admin@example.com");
        var users = (await admin.LookAsync("/api/dashboard?limit=500").ShouldBeAsync(200)).GetProperty("users").GetArrayLength();
        Assert.Equal(500, users);
    }
}

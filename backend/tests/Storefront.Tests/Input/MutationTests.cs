using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Roadworthy.Errors;
using Storefront.Tests.Input.Api;
using Storefront.Tests.Input.Mutations;
using Storefront.Tests.Support;

namespace Storefront.Tests.Input;

/// <summary>Valid requests of all operations with something wrong with them, by the thousand: whatever comes, it is nobody's 5xx.</summary>
/// <remarks>The seed is printed; STOREFRONT_MUTATION_SEED sets it.</remarks>
public sealed class MutationTests(PostgresFixture postgres, ITestOutputHelper output)
{
    private const int Batch = 50_000;
    private const int WarmUpBatches = 4;

    /// <summary>
    /// A request that leaves but twenty bytes behind leaves 16 MB in 800,000. What the heap itself may differ by (pooled buffers, a
    /// last burst in a cache) is the same for a thousand requests and a million.
    /// </summary>
    private const long MostHeapGrowth = 8 * 1024 * 1024;

    /// <summary>The collector keeps freed segments for a while, and PostgreSQL's connections have buffers outside of the heap.</summary>
    private const long MostWorkingSetGrowth = 96 * 1024 * 1024;

    [Fact]
    public async Task Twenty_thousand_mutated_requests_are_answered_without_a_5xx() => await SendAsync(Seed(4711), batches: 1, of: 20_000);

    [Fact]
    [Trait("Category", "Long")]
    public async Task A_million_mutated_requests_are_answered_without_a_5xx_in_the_same_memory()
    {
        var memory = await SendAsync(Seed(Random.Shared.Next()), batches: 20, of: Batch);
        var (before, after) = (memory[WarmUpBatches - 1], memory[^1]);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"After {WarmUpBatches * Batch:N0} requests: heap {Megabytes(before.Heap)}, working set {Megabytes(before.WorkingSet)}. After {memory.Count * Batch:N0}: heap {Megabytes(after.Heap)}, working set {Megabytes(after.WorkingSet)}."));
        Assert.True(after.Heap - before.Heap < MostHeapGrowth, $"The heap grew from {Megabytes(before.Heap)} to {Megabytes(after.Heap)}.");
        Assert.True(after.WorkingSet - before.WorkingSet < MostWorkingSetGrowth, $"The working set grew from {Megabytes(before.WorkingSet)} to {Megabytes(after.WorkingSet)}.");
    }

    private async Task<List<(long Heap, long WorkingSet)>> SendAsync(int seed, int batches, int of)
    {
        var database = await postgres.CloneAsync();
        using var errors = new ErrorRecords();
        await using var host = await StorefrontHost.StartAsync(
            database.ConnectionString, database,
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["Storefront:AccessTokenLifetime"] = "01:00:00" },
            builder => builder.Services.PostConfigure<ErrorsOptions>(options => options.Output = errors));
        // The first of the dashboard's users is not the one who orders.
        await host.BuyerAsync();
        var samples = await Samples.CreateAsync(host);
        var start = await StartingPoint.TakeAsync(host.ConnectionString);
        var onslaught = new Onslaught(host.Address, new(Mutations.Seed.Of(await ApiDescription.ReadAsync(host), samples), seed), seed);
        output.WriteLine($"STOREFRONT_MUTATION_SEED={seed}");

        var memory = new List<(long, long)>();
        for (var batch = 0; batch < batches && onslaught.Faults.Count == 0; batch++)
        {
            var since = Stopwatch.GetTimestamp();
            await onslaught.SendAsync(of);
            var took = Stopwatch.GetElapsedTime(since);
            await start.GoBackAsync();
            memory.Add((GC.GetTotalMemory(forceFullCollection: true), Environment.WorkingSet));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{of:N0} in {took.TotalSeconds:0.0} s; heap {Megabytes(memory[^1].Item1)}, working set {Megabytes(memory[^1].Item2)}"));
        }

        output.WriteLine($"Answers: {onslaught.Statuses}");
        output.WriteLine($"Taken: {string.Join(", ", onslaught.Taken.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key} {entry.Value}"))}");
        Assert.True(onslaught.Faults.Count == 0, string.Join('\n', onslaught.Faults.Concat(errors.Found)));
        Assert.True(errors.Found.Count == 0, string.Join('\n', errors.Found));
        // Else it was something else that was tested.
        Assert.True(onslaught.Answered > batches * of * 0.9, onslaught.Statuses);
        return memory;
    }

    private static int Seed(int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable("STOREFRONT_MUTATION_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : otherwise;

    private static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0 / 1024.0:0.0} MB");
}

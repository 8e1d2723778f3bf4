using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Roadworthy.Errors;
using Storefront.Tests.Input.Api;
using Storefront.Tests.Support;

namespace Storefront.Tests.Input.Mutations;

/// <summary>What the process holds after a batch of requests.</summary>
/// <param name="Heap">Bytes that the collector can't free.</param>
/// <param name="WorkingSet">Bytes of memory that the process has.</param>
internal sealed record Footprint(long Heap, long WorkingSet)
{
    public static Footprint Now() => new(GC.GetTotalMemory(forceFullCollection: true), Environment.WorkingSet);

    public static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0 / 1024.0:0.0} MB");

    public override string ToString() => $"heap {Megabytes(Heap)}, working set {Megabytes(WorkingSet)}";
}

/// <summary>One backend under batches of mutated requests: fails where one is answered with a 5xx, or not at all.</summary>
internal static class MutationRun
{
    /// <param name="otherwise">The seed, where STOREFRONT_MUTATION_SEED does not set it.</param>
    /// <param name="size">Requests a batch.</param>
    /// <returns>What the process held after each batch.</returns>
    public static async Task<List<Footprint>> SendAsync(PostgresFixture postgres, ITestOutputHelper output, int otherwise, int batches, int size)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("STOREFRONT_MUTATION_SEED"), CultureInfo.InvariantCulture, out var given) ? given : otherwise;
        using var errors = new ErrorRecords();
        await using var host = await StartAsync(postgres, errors);
        // The first of the dashboard's users is not the one who orders.
        await host.BuyerAsync();
        var samples = await Samples.CreateAsync(host);
        var start = await StartingPoint.TakeAsync(host.ConnectionString);
        var onslaught = new Onslaught(host.Address, new(Seed.Of(await ApiDescription.ReadAsync(host), samples), seed), seed);
        output.WriteLine($"STOREFRONT_MUTATION_SEED={seed}");

        var footprints = new List<Footprint>();
        while (footprints.Count < batches && onslaught.Faults.Count == 0)
        {
            var since = Stopwatch.GetTimestamp();
            await onslaught.SendAsync(size);
            var took = Stopwatch.GetElapsedTime(since);
            await start.GoBackAsync();
            footprints.Add(Footprint.Now());
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{size:N0} in {took.TotalSeconds:0.0} s; {footprints[^1]}"));
        }

        output.WriteLine($"Answers: {onslaught.Statuses}");
        output.WriteLine($"Taken: {string.Join(", ", onslaught.Taken.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key} {entry.Value}"))}");
        Assert.True(onslaught.Faults.Count == 0, string.Join('\n', onslaught.Faults.Concat(errors.Found)));
        Assert.True(errors.Found.Count == 0, string.Join('\n', errors.Found));
        // Else it was something else that was tested.
        Assert.True(onslaught.Answered > batches * size * 0.9, onslaught.Statuses);
        return footprints;
    }

    private static async Task<StorefrontHost> StartAsync(PostgresFixture postgres, ErrorRecords errors)
    {
        var database = await postgres.CloneAsync();
        return await StorefrontHost.StartAsync(
            database.ConnectionString, database,
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["Storefront:AccessTokenLifetime"] = "01:00:00" },
            builder => builder.Services.PostConfigure<ErrorsOptions>(options => options.Output = errors));
    }
}

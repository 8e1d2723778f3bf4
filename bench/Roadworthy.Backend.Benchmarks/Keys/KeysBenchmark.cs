using System.Globalization;
using System.Net;
using Roadworthy.Backend.Benchmarks.Measuring;

namespace Roadworthy.Backend.Benchmarks.Keys;

/// <summary>What an idempotency key costs, beside the same write without one, and what a repeat of it does.</summary>
internal static class KeysBenchmark
{
    private const int Rounds = 7;
    private const int Writes = 2_000;
    private const int Callers = 8;

    public static async Task RunAsync()
    {
        Console.WriteLine($"{Environment.ProcessorCount} cores, .NET {Environment.Version}. {Rounds} rounds by turns of {Writes} requests each, {Callers} callers. Each writes one row.");
        Console.WriteLine();
        Console.WriteLine($"{"CPU ms per request",-28} {"site",8} {"PostgreSQL",11} {"together",9} {"ratio",22} {"statements",11} {"elapsed ms",11} {"ratio",22}");
        await CompareAsync("EF Core", "keys-ef");
        await CompareAsync("Npgsql alone", "keys-npgsql");
    }

    private static async Task CompareAsync(string name, string program)
    {
        await using var site = await MeasuredSite.StartAsync(program);
        var (plain, keyed, repeated) = (new List<Cost>(), new List<Cost>(), new List<Cost>());
        // The first two rounds compile the code, and are not counted.
        for (var round = -2; round < Rounds; round++)
        {
            var keys = Enumerable.Range(0, Writes).Select(_ => Guid.NewGuid().ToString()).ToArray();
            var costs = new[] { await WriteAsync(site, "/plain", keys), await WriteAsync(site, "/keyed", keys), await WriteAsync(site, "/keyed", keys) };
            if (round < 0) continue;
            plain.Add(costs[0]);
            keyed.Add(costs[1]);
            repeated.Add(costs[2]);
        }

        Print($"{name}, no key", plain, plain);
        Print($"{name}, a new key", keyed, plain);
        Print($"{name}, the key again", repeated, plain);
    }

    private static Task<Cost> WriteAsync(MeasuredSite site, string path, string[] keys) => site.MeasureAsync(keys.Length, () =>
        Parallel.ForEachAsync(keys, new ParallelOptions { MaxDegreeOfParallelism = Callers }, async (key, cancellationToken) =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(new { sku = "A-1" }) };
            request.Headers.Add("Idempotency-Key", key);
            using var response = await site.Client.SendAsync(request, cancellationToken);
            if (response.StatusCode != HttpStatusCode.Created) throw new InvalidOperationException($"{path}: {response.StatusCode}.");
        }));

    private static void Print(string name, List<Cost> costs, List<Cost> plain)
    {
        var cpu = costs.Zip(plain, (its, without) => its.Together / without.Together).ToList();
        var elapsed = costs.Zip(plain, (its, without) => its.Elapsed / without.Elapsed).ToList();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-28} {costs.Select(cost => cost.Site).Milliseconds(),8} {costs.Select(cost => cost.Postgres).Milliseconds(),11} {costs.Select(cost => cost.Together).Milliseconds(),9} {cpu.Spread(),22} {costs.Select(cost => cost.Statements).Median(),11:0.00} {costs.Select(cost => cost.Elapsed).Milliseconds(),11} {elapsed.Spread(),22}"));
    }
}

using System.Globalization;
using Roadworthy.Backend.Benchmarks.Measuring;

namespace Roadworthy.Backend.Benchmarks.Queries;

/// <summary>What it costs the site to have its statements watched.</summary>
internal static class QueriesBenchmark
{
    private const int Lives = 4;
    private const int Rounds = 8;
    private const int Callers = 4;

    private static readonly string[] Sites = ["queries-without", "queries-off", "queries-on"];

    private static readonly (string Path, int Requests)[] Endpoints =
        [("/npgsql/1", 3_000), ("/npgsql/3", 2_000), ("/npgsql/50", 300), ("/ef/1", 2_000), ("/ef/3", 1_000), ("/ef/50", 100)];

    public static async Task RunAsync()
    {
        var costs = Endpoints.Select(_ => Sites.Select(_ => new List<TimeSpan>()).ToArray()).ToArray();
        // What a process compiles, and where it lies in memory, is luck that stays for its life: one life of each would measure that.
        for (var life = 0; life < Lives; life++) await LiveAsync(costs);

        Console.WriteLine($"{Environment.ProcessorCount} cores, .NET {Environment.Version}. {Lives} lives of each site, {Rounds} rounds by turns in each, {Callers} callers. CPU of the site alone, in ms a request.");
        Console.WriteLine();
        Console.WriteLine($"{"endpoint",-12} {"without",8} {"off",8} {"on",8} {"off / without",22} {"on / without",22}");
        foreach (var ((path, _), (without, off, on)) in Endpoints.Zip(costs.Select(cost => (cost[0], cost[1], cost[2]))))
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{path,-12} {Shown(without),8} {Shown(off),8} {Shown(on),8} {Ratio(off, without),22} {Ratio(on, without),22}"));
        }
    }

    private static async Task LiveAsync(List<TimeSpan>[][] costs)
    {
        await using var without = await MeasuredSite.StartAsync(Sites[0]);
        await using var off = await MeasuredSite.StartAsync(Sites[1]);
        await using var on = await MeasuredSite.StartAsync(Sites[2]);
        foreach (var ((path, requests), its) in Endpoints.Zip(costs)) await CompareAsync([without, off, on], path, requests, its);
    }

    private static async Task CompareAsync(MeasuredSite[] sites, string path, int requests, List<TimeSpan>[] costs)
    {
        // The first two rounds compile the code, and are not counted.
        for (var round = -2; round < Rounds; round++)
        {
            // Each is the first as often as the others.
            for (var turn = 0; turn < sites.Length; turn++)
            {
                var site = (turn + round + 3) % sites.Length;
                var cost = await ReadAsync(sites[site], path, requests);
                if (round >= 0) costs[site].Add(cost.Site);
            }
        }
    }

    private static Task<Cost> ReadAsync(MeasuredSite site, string path, int requests) => site.MeasureAsync(requests, () =>
        Parallel.ForAsync(0, requests, new ParallelOptions { MaxDegreeOfParallelism = Callers }, async (_, cancellationToken) =>
        {
            using var response = await site.Client.GetAsync(path, cancellationToken);
            response.EnsureSuccessStatusCode();
        }));

    private static string Shown(List<TimeSpan> costs) => costs.Select(cost => cost.TotalMilliseconds).Median().ToString("0.000", CultureInfo.InvariantCulture);

    private static string Ratio(List<TimeSpan> its, List<TimeSpan> without) => its.Zip(without, (one, other) => one / other).ToList().Spread();
}

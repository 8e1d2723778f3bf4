using System.Globalization;
using Roadworthy.Backend.Benchmarks.Measuring;

namespace Roadworthy.Backend.Benchmarks.Queries;

/// <summary>What it costs the site to have its statements watched.</summary>
internal static class QueriesBenchmark
{
    private const int Rounds = 9;
    private const int Callers = 4;

    private static readonly (string Path, int Requests)[] Endpoints =
        [("/npgsql/1", 3_000), ("/npgsql/3", 2_000), ("/npgsql/50", 300), ("/ef/1", 2_000), ("/ef/3", 1_000), ("/ef/50", 100)];

    public static async Task RunAsync()
    {
        await using var without = await MeasuredSite.StartAsync("queries-without");
        await using var off = await MeasuredSite.StartAsync("queries-off");
        await using var on = await MeasuredSite.StartAsync("queries-on");
        MeasuredSite[] sites = [without, off, on];
        Console.WriteLine($"{Environment.ProcessorCount} cores, .NET {Environment.Version}. {Rounds} rounds by turns, {Callers} callers. CPU of the site alone, in ms a request.");
        Console.WriteLine();
        Console.WriteLine($"{"endpoint",-12} {"without",8} {"off",8} {"on",8} {"off / without",22} {"on / without",22}");
        foreach (var (path, requests) in Endpoints) await CompareAsync(sites, path, requests);
    }

    private static async Task CompareAsync(MeasuredSite[] sites, string path, int requests)
    {
        var costs = sites.Select(_ => new List<TimeSpan>()).ToArray();
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

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{path,-12} {Shown(costs[0]),8} {Shown(costs[1]),8} {Shown(costs[2]),8} {Ratio(costs[1], costs[0]),22} {Ratio(costs[2], costs[0]),22}"));
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

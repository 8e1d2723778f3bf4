using System.Diagnostics;
using System.Globalization;

namespace Roadworthy.Input.Benchmarks.Measuring;

/// <summary>
/// Two ways to do the same, by turns (ABAB...) in one process: what the machine does beside falls upon both. A ratio is of two
/// neighbouring rounds; shown are the median, and the least and the most of all.
/// </summary>
internal sealed class Comparison(Action plain, Action guarded, int rounds)
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(40);

    public static string Header { get; } = $"{"",-44} {"plain",12} {"guarded",12} {"ratio",7} {"least..most",14} {"allocated, plain",18} {"guarded",10} {"ratio",7}";

    public string Run(string name)
    {
        var (ofPlain, ofGuarded) = (Warm(plain), Warm(guarded));
        var times = new List<(double Plain, double Guarded)>();
        for (var round = 0; round < rounds; round++)
        {
            // Whoever comes second finds the caches as the other left them: each does so half of the time.
            if (round % 2 == 0)
            {
                var first = Measure(plain, ofPlain);
                times.Add((first, Measure(guarded, ofGuarded)));
            }
            else
            {
                var first = Measure(guarded, ofGuarded);
                times.Add((Measure(plain, ofPlain), first));
            }
        }

        var ratios = times.Select(time => time.Guarded / time.Plain).Order().ToList();
        var (bytesPlain, bytesGuarded) = (Allocated(plain), Allocated(guarded));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-44} {Microseconds(times.Select(time => time.Plain)),12} {Microseconds(times.Select(time => time.Guarded)),12} {Median(ratios),7:0.00} {$"{ratios[0]:0.00}..{ratios[^1]:0.00}",14} {$"{bytesPlain:N0} B",18} {$"{bytesGuarded:N0} B",10} {(bytesPlain == 0 ? double.NaN : bytesGuarded / (double)bytesPlain),7:0.00}");
    }

    /// <returns>How many runs a round has.</returns>
    private static int Warm(Action action)
    {
        var runs = 0;
        var since = Stopwatch.StartNew();
        // Enough calls for tier 1, and time for it to be compiled.
        for (; since.Elapsed < WarmUp || runs < 100; runs++) action();
        return Math.Max(1, (int)(runs * (Round / since.Elapsed)));
    }

    private static double Measure(Action action, int runs)
    {
        var since = Stopwatch.GetTimestamp();
        for (var run = 0; run < runs; run++) action();
        return Stopwatch.GetElapsedTime(since).TotalMicroseconds / runs;
    }

    private static long Allocated(Action action)
    {
        const int runs = 20;
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var run = 0; run < runs; run++) action();
        return (GC.GetTotalAllocatedBytes(precise: true) - before) / runs;
    }

    private static string Microseconds(IEnumerable<double> times) => string.Create(CultureInfo.InvariantCulture, $"{Median([.. times.Order()]):N2} µs");

    private static double Median(List<double> sorted) =>
        sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
}

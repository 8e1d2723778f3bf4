using System.Diagnostics;
using System.Globalization;
using Roadworthy.Errors.Benchmarks.Loggers;

namespace Roadworthy.Errors.Benchmarks.Measuring;

/// <summary>All contestants by turns, in another order each round: what the machine does beside falls upon all. A ratio is of one round.</summary>
internal sealed class Turns(IReadOnlyList<Contestant> contestants, int rounds)
{
    private const int Records = 400;
    private const int WarmUp = 3_000;

    private readonly Dictionary<string, List<double>> _rates = contestants.ToDictionary(contestant => contestant.Name, _ => new List<double>(), StringComparer.Ordinal);

    public static string Header { get; } = $"{"",-28} {"records/s",10} {"ours to it",11} {"least..most",14} {"B/record",10}";

    /// <summary>How many a second one thread throws, and does not log.</summary>
    public static double ThrowingOnly()
    {
        for (var n = 0; n < WarmUp; n++) Failure.Thrown(n);
        var since = Stopwatch.GetTimestamp();
        for (var n = 0; n < WarmUp; n++) Failure.Thrown(n);
        return WarmUp / Stopwatch.GetElapsedTime(since).TotalSeconds;
    }

    public void Run()
    {
        foreach (var contestant in contestants)
        {
            for (var n = 0; n < WarmUp; n++) contestant.Log(n);
            contestant.Settle();
        }

        for (var round = 0; round < rounds; round++)
            for (var turn = 0; turn < contestants.Count; turn++) Measure(contestants[(round + turn) % contestants.Count]);
    }

    public IEnumerable<string> Lines(string ours)
    {
        foreach (var contestant in contestants)
        {
            var rates = _rates[contestant.Name];
            var ratios = rates.Select((rate, round) => _rates[ours][round] / rate).Order().ToList();
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{contestant.Name,-28} {Median([.. rates.Order()]),10:N0} {Median(ratios),11:0.00} {$"{ratios[0]:0.00}..{ratios[^1]:0.00}",14} {contestant.BytesARecord,10:N0}");
        }
    }

    private void Measure(Contestant contestant)
    {
        var since = Stopwatch.GetTimestamp();
        for (var n = 0; n < Records; n++) contestant.Log(n);
        _rates[contestant.Name].Add(Records / Stopwatch.GetElapsedTime(since).TotalSeconds);
        contestant.Settle();
    }

    private static double Median(List<double> sorted) =>
        sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
}

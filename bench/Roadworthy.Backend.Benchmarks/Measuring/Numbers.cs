using System.Globalization;

namespace Roadworthy.Backend.Benchmarks.Measuring;

/// <summary>Figures as the tables show them.</summary>
internal static class Numbers
{
    public static double Median(this IEnumerable<double> values)
    {
        List<double> sorted = [.. values.Order()];
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }

    /// <returns>Such as <c>1.23 (1.19..1.31)</c>: the median, the least and the most.</returns>
    public static string Spread(this IReadOnlyList<double> values) =>
        string.Create(CultureInfo.InvariantCulture, $"{values.Median():0.00} ({values.Min():0.00}..{values.Max():0.00})");

    public static string Milliseconds(this IEnumerable<TimeSpan> times) =>
        times.Select(time => time.TotalMilliseconds).Median().ToString("0.00", CultureInfo.InvariantCulture);
}

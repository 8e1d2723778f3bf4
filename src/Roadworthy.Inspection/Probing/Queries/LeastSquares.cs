using Roadworthy.Inspection.Findings;

namespace Roadworthy.Inspection.Probing.Queries;

/// <summary>A line through measurements.</summary>
/// <param name="Slope">y for each x.</param>
/// <param name="Fit">From 0 to 1, how much of what y does the line tells.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
internal readonly record struct LeastSquares(double Slope, double Fit)
{
    public static LeastSquares Of(IReadOnlyList<GrowthPoint> points)
    {
        var (x, y) = (points.Average(point => point.X), points.Average(point => point.Y));
        var across = points.Sum(point => (point.X - x) * (point.X - x));
        var up = points.Sum(point => (point.Y - y) * (point.Y - y));
        if (across == 0) return new(0, 0);
        var both = points.Sum(point => (point.X - x) * (point.Y - y));
        return new(both / across, up == 0 ? 1 : both * both / (across * up));
    }
}

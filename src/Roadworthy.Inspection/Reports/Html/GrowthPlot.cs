using Roadworthy.Inspection.Findings;

namespace Roadworthy.Inspection.Reports.Html;

/// <summary>Draws how something grows with the data.</summary>
internal static class GrowthPlot
{
    private const double Width = 640, Height = 240, Left = 56, Right = 16, Top = 12, Bottom = 40;
    private static readonly double[] Steps = [1, 2, 4, 8, 10];

    public static Markup Of(GrowthEvidence growth)
    {
        var points = growth.Series.SelectMany(series => series.Points).ToList();
        if (points.Count == 0) return Markup.Empty;
        var (maxX, maxY) = (Nice(points.Max(point => point.X)), Nice(points.Max(point => point.Y)));
        double X(double value) => Left + ((Width - Left - Right) * value / maxX);
        double Y(double value) => Height - Bottom - ((Height - Top - Bottom) * value / maxY);

        return Markup.Of($"""
            <svg class="plot" viewBox="0 0 {Width} {Height}" role="img" aria-label="{growth.Caption}: {growth.YAxis} by {growth.XAxis}">
            {Markup.Each(Ticks(maxY), tick => Markup.Of($"""<line class="grid" x1="{Left}" x2="{Width - Right}" y1="{Y(tick)}" y2="{Y(tick)}"/><text class="tick" x="{Left - 6}" y="{Y(tick) + 4}" text-anchor="end">{tick}</text>"""))}
            {Markup.Each(Ticks(maxX), tick => Markup.Of($"""<text class="tick" x="{X(tick)}" y="{Height - Bottom + 16}" text-anchor="middle">{tick}</text>"""))}
            <text class="axis" x="{(Left + Width - Right) / 2}" y="{Height - 6}" text-anchor="middle">{growth.XAxis}</text>
            {Markup.Each(growth.Series.Take(6).Select((series, index) => (series, index)), each => Line(each.series, each.index, X, Y))}
            </svg>
            <ul class="legend">{Markup.Each(growth.Series.Take(6).Select((series, index) => (series, index)), each => Markup.Of($"""<li class="s{each.index}"><code>{each.series.Name}</code> <span>{each.series.Slope:0.00} {growth.YAxis} for each of {growth.XAxis}</span></li>"""))}</ul>
            """);
    }

    private static Markup Line(GrowthSeries series, int index, Func<double, double> x, Func<double, double> y)
    {
        var points = series.Points.OrderBy(point => point.X).ToList();
        var path = string.Join(' ', points.Select(point => FormattableString.Invariant($"{x(point.X):0.#},{y(point.Y):0.#}")));
        return Markup.Of($"""
            <polyline class="series s{index}" points="{path}"/>
            {Markup.Each(points, point => Markup.Of($"""<circle class="dot s{index}" cx="{x(point.X)}" cy="{y(point.Y)}" r="4"><title>{point.Y} at {point.X}</title></circle>"""))}
            """);
    }

    private static IEnumerable<double> Ticks(double max)
    {
        for (var step = 0; step <= 4; step++) yield return max * step / 4;
    }

    // The next 1, 2, 4 or 8 with zeros: four even steps of it are round numbers.
    private static double Nice(double max)
    {
        if (max <= 4) return 4;
        var magnitude = Math.Pow(10, Math.Floor(Math.Log10(max)));
        return Steps.Select(step => step * magnitude).First(value => value >= max);
    }
}

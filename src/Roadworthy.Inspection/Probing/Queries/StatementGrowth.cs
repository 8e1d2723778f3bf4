using Roadworthy.Inspection.Findings;
using Roadworthy.Wire;

namespace Roadworthy.Inspection.Probing.Queries;

/// <summary>RW250: of each statement, how its count grows with what the answer holds, or with the rows that another statement returned.</summary>
internal static class StatementGrowth
{
    // A chunked preload is far below: one more for each 20 or 100.
    private const double LeastSlope = 0.5;
    private const double LeastFit = 0.97;
    private const int LeastGrowth = 3;

    public static IReadOnlyList<GrownStatement> Find(Readings readings)
    {
        var found = new List<GrownStatement>();
        foreach (var shape in readings.Shapes.Where(shape => shape.Kind is StatementKind.Read or StatementKind.Write or StatementKind.Other))
        {
            var counts = readings.All.Select(reading => reading.Count(shape)).ToList();
            if (counts.Max() - counts.Min() < LeastGrowth) continue;
            if (Axes(readings, shape).Select(axis => Along(shape, axis.Name, axis.Of, readings)).OfType<GrownStatement>().MaxBy(grown => grown.Fit) is { } grown) found.Add(grown);
        }

        return [.. found.OrderByDescending(grown => grown.Slope).ThenBy(grown => grown.Shape.Fingerprint)];
    }

    private static GrownStatement? Along(StatementShape shape, string axis, Func<Reading, double> of, Readings readings)
    {
        var points = readings.All.Select(reading => new GrowthPoint(of(reading), reading.Count(shape))).ToList();
        if (points.DistinctBy(point => point.X).Count() < 2) return null;
        var (slope, fit) = LeastSquares.Of(points);
        return slope >= LeastSlope && fit >= LeastFit ? new GrownStatement(shape, axis, slope, fit, points) : null;
    }

    /// <summary>What was returned tells a reader most; what was read, where the answer is a sum of it.</summary>
    private static IEnumerable<(string Name, Func<Reading, double> Of)> Axes(Readings readings, StatementShape shape)
    {
        foreach (var path in readings.All.SelectMany(reading => reading.Shape.Arrays.Keys).Distinct(StringComparer.Ordinal))
            yield return (path == "$" ? "items" : path, reading => reading.Shape.Arrays.GetValueOrDefault(path));
        foreach (var other in readings.Shapes.Where(other => other != shape && other.Kind == StatementKind.Read && readings.Last.Count(other) == 1))
            yield return ($"rows of {string.Join(", ", other.Reads)}", reading => reading.Observation.Statements.Where(statement => statement.Shape == other).Sum(statement => statement.Rows));
    }
}

/// <param name="Axis">What it grows with.</param>
internal sealed record GrownStatement(StatementShape Shape, string Axis, double Slope, double Fit, IReadOnlyList<GrowthPoint> Points);

using System.Globalization;
using Roadworthy.Wire.Benchmarks.Routes;

namespace Roadworthy.Wire.Benchmarks.Measuring;

/// <summary>Measures every load on every route, the routes in turns, and prints what is to be compared.</summary>
internal static class Comparison
{
    public static async Task RunAsync(Pgbench pgbench, IReadOnlyList<Route> routes, int rounds, int seconds)
    {
        Console.WriteLine("added: microseconds over direct in the same round; latency, tps: to HAProxy's in the same round; cpu: microseconds a transaction of what stands between");
        Console.WriteLine($"{"",-24} {"route",-10} {"p10",8} {"added",8} {"p50",8} {"tps",8} {"cpu",8} {"p10/HA",8} {"p50/HA",8} {"tps/HA",8} {"cpu/HA",8}");
        // What a process compiles first is not of a transaction.
        foreach (var load in Load.All.Where(load => load.Clients == 1))
        {
            foreach (var route in routes) await pgbench.MeasureAsync(load, route, 1);
        }

        var all = new Dictionary<string, List<Measurement[]>>(StringComparer.Ordinal);
        foreach (var load in Load.All)
        {
            List<Measurement[]> found = [];
            for (var round = 0; round < rounds; round++)
            {
                var measured = new Measurement[routes.Count];
                // There and back, so that what else the machine does falls on all alike.
                foreach (var n in round % 2 == 0 ? Enumerable.Range(0, routes.Count) : Enumerable.Range(0, routes.Count).Reverse())
                    measured[n] = await pgbench.MeasureAsync(load, routes[n], seconds);
                found.Add(measured);
            }

            for (var n = 0; n < routes.Count; n++) Print(load.ToString(), routes, found, n);
            all[load.ToString()] = found;
        }

        Console.WriteLine();
        var flat = all.Values.SelectMany(found => found).ToList();
        for (var n = 0; n < routes.Count; n++) Print("all loads", routes, flat, n);
        var (ours, haproxy) = (IndexOf(routes, Route.Ours), IndexOf(routes, Route.HAProxy));
        var latency = Median(flat.Select(one => one[ours].P50 / one[haproxy].P50));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nGate: median of p50 to HAProxy's is {latency:0.00}: {(latency <= 1.0 ? "no slower" : "SLOWER")}"));
    }

    private static void Print(string load, IReadOnlyList<Route> routes, List<Measurement[]> found, int route)
    {
        var (direct, haproxy) = (IndexOf(routes, Route.Nothing), IndexOf(routes, Route.HAProxy));
        double Of(Func<Measurement, double> figure) => Median(found.Select(one => figure(one[route])));
        double Ratio(Func<Measurement, double> figure) => Median(found.Select(one => figure(one[route]) / Math.Max(0.01, figure(one[haproxy]))));
        var added = Median(found.Select(one => one[route].P10 - one[direct].P10));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{load,-24} {routes[route].Name,-10} {Of(m => m.P10),8:0} {added,8:0} {Of(m => m.P50),8:0} {Of(m => m.PerSecond),8:0} {Of(m => m.Cpu),8:0.0} {Ratio(m => m.P10),8:0.00} {Ratio(m => m.P50),8:0.00} {Ratio(m => m.PerSecond),8:0.00} {Ratio(m => m.Cpu),8:0.00}"));
    }

    private static int IndexOf(IReadOnlyList<Route> routes, string name) => routes.Select((route, n) => (route, n)).First(one => one.route.Name == name).n;

    private static double Median(IEnumerable<double> values)
    {
        List<double> sorted = [.. values.Order()];
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }
}

namespace Roadworthy.Wire.Benchmarks.Measuring;

/// <summary>One run of pgbench.</summary>
/// <param name="P10">The latency, in microseconds, below which a tenth of the transactions stays.</param>
/// <param name="P50">The median of the latencies, in microseconds.</param>
/// <param name="PerSecond">Transactions a second.</param>
/// <param name="Cpu">CPU time of what stands between, in microseconds a transaction. 0 where nothing does.</param>
internal sealed record Measurement(double P10, double P50, double PerSecond, double Cpu);

/// <summary>What pgbench does.</summary>
internal sealed record Load(string Script, string Mode, int Clients)
{
    public static IEnumerable<Load> All =>
        from script in new[] { "select-only", "simple-update" }
        from mode in new[] { "simple", "extended", "prepared" }
        from clients in new[] { 1, 8 }
        select new Load(script, mode, clients);

    public override string ToString() => $"{Script,-13} {Mode,-8} {Clients}";
}

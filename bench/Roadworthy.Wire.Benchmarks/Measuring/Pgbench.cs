using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Roadworthy.Postgres;
using Roadworthy.Wire.Benchmarks.Routes;

namespace Roadworthy.Wire.Benchmarks.Measuring;

/// <summary>Runs pgbench and reads the log that it writes of each transaction.</summary>
internal sealed class Pgbench(PostgresServer postgres, string folder)
{
    private const int LatencyField = 2;

    private readonly string _password = new NpgsqlConnectionStringBuilder(postgres.GetConnectionString()).Password!;

    public Task InitializeAsync() => RunAsync(["-i", "-s", "5", "-q", "-h", "127.0.0.1", "-p", $"{postgres.Port}", "-U", "postgres", "bench"]);

    public async Task<Measurement> MeasureAsync(Load load, Route route, int seconds)
    {
        var before = route.Cpu();
        await RunAsync(["-n", "-b", load.Script, "-M", load.Mode, "-c", $"{load.Clients}", "-T", $"{seconds}", "--log", "--log-prefix=bench", "-h", "127.0.0.1", "-p", $"{route.Port}", "-U", "postgres", "bench"]);
        var cpu = route.Cpu() - before;
        List<double> latencies = [];
        foreach (var file in Directory.EnumerateFiles(folder, "bench.*"))
        {
            latencies.AddRange(File.ReadLines(file).Select(line => double.Parse(line.Split(' ')[LatencyField], CultureInfo.InvariantCulture)));
            File.Delete(file);
        }

        latencies.Sort();
        return new(latencies[latencies.Count / 10], latencies[latencies.Count / 2], latencies.Count / (double)seconds, cpu.TotalMicroseconds / latencies.Count);
    }

    private async Task RunAsync(string[] arguments)
    {
        var start = new ProcessStartInfo(Programs.Find("pgbench")!, arguments) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PGPASSWORD"] = _password;
        start.Environment["PGSSLMODE"] = "disable";
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"pgbench {string.Join(' ', arguments)} ended with {process.ExitCode}: {await output}{await error}");
    }
}

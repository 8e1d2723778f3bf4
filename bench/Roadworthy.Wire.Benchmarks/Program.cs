using System.Globalization;
using Roadworthy.Postgres;
using Roadworthy.Wire;
using Roadworthy.Wire.Benchmarks.Measuring;
using Roadworthy.Wire.Benchmarks.Routes;

if (args is ["proxy", var port, .. var options])
{
    var log = options.Contains("unread") ? null : new StatementLog();
    await using var proxy = WireProxy.Start(new() { Port = int.Parse(port, CultureInfo.InvariantCulture), Observer = log });
    Console.WriteLine($"listening on {proxy.Port}");
    // Ends with whoever started it: its standard input does.
    await Console.In.ReadToEndAsync();
    return 0;
}

var (rounds, seconds) = args switch
{
    [] => (3, 2),
    ["--rounds", var first, "--seconds", var second] => (int.Parse(first, CultureInfo.InvariantCulture), int.Parse(second, CultureInfo.InvariantCulture)),
    _ => (0, 0),
};
if (rounds < 1 || seconds < 1)
{
    Console.Error.WriteLine("usage: [--rounds 3 --seconds 2]");
    return 2;
}

if (Programs.Missing() is { Count: > 0 } missing)
{
    Console.Error.WriteLine($"Not found: {string.Join(", ", missing)}. Debian and Ubuntu: apt-get install haproxy pgbouncer postgresql-contrib");
    return 2;
}

await using var postgres = await PostgresServer.StartAsync(new() { Settings = { ["max_connections"] = "100" }, StartTimeout = TimeSpan.FromMinutes(3), Progress = Console.Error.WriteLine });
await postgres.CreateDatabaseAsync("bench");
using var folder = new BenchFolder();
var pgbench = new Pgbench(postgres, folder.Path);
await pgbench.InitializeAsync();
List<Route> routes = [Route.Direct(postgres), await Route.ToOursAsync(postgres), await Route.ToHAProxyAsync(postgres, folder), await Route.ToPgBouncerAsync(postgres, folder)];
try
{
    await Comparison.RunAsync(pgbench, routes, rounds, seconds);
}
finally
{
    foreach (var route in routes) route.Dispose();
}

return 0;

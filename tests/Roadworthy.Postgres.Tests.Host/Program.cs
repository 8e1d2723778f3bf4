using System.Diagnostics;
using Roadworthy.Postgres;

// A process that the tests can kill: starts a server, says so in one line, and keeps it until stdin says "stop" or closes.
// Arguments: the data folder or "-" for a throwaway cluster, and the port or "-" for a free one.
var options = new PostgresServerOptions
{
    DataDirectory = args[0] is "-" ? null : args[0],
    Port = args[1] is "-" ? null : int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture),
    Progress = sentence => Console.WriteLine($"progress {sentence}"),
};

try
{
    var elapsed = Stopwatch.StartNew();
    await using var server = await PostgresServer.StartAsync(options);
    Console.WriteLine($"origin {server.Binaries.Origin}; {server.Version}; {elapsed.ElapsedMilliseconds} ms");
    Console.WriteLine($"started {server.ProcessId} {server.Port} {server.DataDirectory}");
    await Console.In.ReadLineAsync();
    elapsed.Restart();
    await server.StopAsync();
    Console.WriteLine($"stopped {elapsed.ElapsedMilliseconds} ms");
    return 0;
}
catch (PostgresServerException e)
{
    Console.WriteLine($"failed {e.Message.ReplaceLineEndings("\u2028")}");
    return 1;
}

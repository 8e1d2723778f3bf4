using System.Globalization;
using Npgsql;
using Roadworthy.Errors.Benchmarks.Loggers;
using Roadworthy.Errors.Benchmarks.Measuring;
using Roadworthy.Errors.Tracking;
using Roadworthy.Postgres;

var rounds = args is ["--rounds", var given] ? int.Parse(given, CultureInfo.InvariantCulture) : 25;
var output = Console.Out;
var folder = Directory.CreateTempSubdirectory("roadworthy-errors-bench-").FullName;
await using var server = await PostgresServer.StartAsync();
await using (var source = NpgsqlDataSource.Create(server.GetConnectionString())) await ErrorsSchema.ApplyAsync(source);

var ours = Contestants.Roadworthy(folder);
Contestant[] contestants =
[
    ours, await Contestants.TrackedAsync(folder, server.GetConnectionString()), Contestants.Clef(folder), Contestants.ClefWithExceptions(folder), Contestants.NLog(folder), Contestants.JsonConsole(folder),
];
output.WriteLine($"{Environment.ProcessorCount} cores, .NET {Environment.Version}, {rounds} rounds of each by turns; throwing alone: {Turns.ThrowingOnly():N0}/s");
var turns = new Turns(contestants, rounds);
turns.Run();
output.WriteLine(Turns.Header);
foreach (var line in turns.Lines(ours.Name)) output.WriteLine(line);
foreach (var contestant in contestants) await contestant.DisposeAsync();
Directory.Delete(folder, recursive: true);

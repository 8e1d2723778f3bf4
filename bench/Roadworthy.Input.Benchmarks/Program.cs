using Roadworthy.Input.Benchmarks.Bodies;
using Roadworthy.Input.Benchmarks.Hosts;
using Roadworthy.Input.Benchmarks.Measuring;

var rounds = args is ["--rounds", var given] ? int.Parse(given, System.Globalization.CultureInfo.InvariantCulture) : 25;
await using var plain = Site.Plain();
await using var validated = Site.Validated();
await using var guarded = Site.Guarded();

Console.WriteLine($"{Environment.ProcessorCount} cores, .NET {Environment.Version}, {rounds} rounds of each by turns. Objects: {Samples.Object.Length} B, lists: {Samples.List.Length} B.");
Console.WriteLine();
Console.WriteLine("In process, routing to handler");
Console.WriteLine(Comparison.Header);
InProcess("an object", plain, "POST", Site.Object, body: Samples.Object);
InProcess($"a list of {Samples.Lines} such", plain, "POST", Site.List, body: Samples.List);
InProcess("a GET with route and query", plain, "GET", Site.Get, Site.GetQuery);
InProcess("an object with rules, against AddValidation", validated, "POST", Site.Checked, body: Samples.Object);
InProcess($"{3 * Samples.Lines} errors, against the good list", plain, "POST", Site.List, body: Samples.List, sent: Samples.Wrong, status: 400);
Console.WriteLine();
Console.WriteLine("Hostile, of a megabyte: what plain binding and the guard make of the same body");
Console.WriteLine(Comparison.Header);
foreach (var (name, body) in Samples.Hostile) InProcess(name, plain, "POST", Site.List, body: body, status: 0);

await plain.StartAsync();
await validated.StartAsync();
await guarded.StartAsync();
Console.WriteLine();
Console.WriteLine("Over loopback HTTP, client included");
Console.WriteLine(Comparison.Header);
OverLoopback("an object", plain, "POST", Site.Object, Samples.Object);
OverLoopback($"a list of {Samples.Lines} such", plain, "POST", Site.List, Samples.List);
OverLoopback("a GET with route and query", plain, "GET", Site.Get + Site.GetQuery, []);
OverLoopback("an object with rules, against AddValidation", validated, "POST", Site.Checked, Samples.Object);

void InProcess(string name, WebApplication against, string method, string path, string query = "", byte[]? body = null, byte[]? sent = null, int status = 200)
{
    var a = new InProcess(against, method, path, query, body ?? []);
    var b = new InProcess(guarded, method, path, query, sent ?? body ?? []);
    a.Run();
    b.Run();
    if ((status != 0 && a.Status != 200) || (status != 0 && b.Status != status)) throw new InvalidOperationException($"{name}: {a.Status} and {b.Status}.");
    Console.WriteLine(new Comparison(a.Run, b.Run, rounds).Run(name));
}

void OverLoopback(string name, WebApplication against, string method, string target, byte[] body)
{
    using var a = new OverLoopback(against, method, target, body);
    using var b = new OverLoopback(guarded, method, target, body);
    a.Run();
    b.Run();
    if (a.Status != 200 || b.Status != 200) throw new InvalidOperationException($"{name}: {a.Status} and {b.Status}.");
    Console.WriteLine(new Comparison(a.Run, b.Run, rounds).Run(name));
}

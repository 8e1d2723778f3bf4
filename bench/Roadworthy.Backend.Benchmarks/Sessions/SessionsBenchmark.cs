using System.Globalization;
using Roadworthy.Backend.Benchmarks.Measuring;

namespace Roadworthy.Backend.Benchmarks.Sessions;

/// <summary>What a refresh costs, and what fifty at once with one token come to, beside ASP.NET Core Identity and OpenIddict.</summary>
internal static class SessionsBenchmark
{
    private const int Rounds = 5;
    private const int Callers = 8;
    private const int Races = 20;
    private const int AtOnce = 50;

    /// <summary>The default window, within which Roadworthy would answer without a rotation.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10.5);

    public static async Task RunAsync()
    {
        await using var roadworthy = new Contender("Roadworthy.Sessions", await MeasuredSite.StartAsync("roadworthy"), Tokens.OfRoadworthy) { Rotates = true };
        await using var identity = new Contender("ASP.NET Core Identity", await MeasuredSite.StartAsync("identity"), Tokens.OfIdentity);
        await using var openIddict = new Contender("OpenIddict", await MeasuredSite.StartAsync("openiddict"), Tokens.OfOpenIddict) { Rotates = true };
        Contender[] all = [roadworthy, identity, openIddict];

        foreach (var one in all) await one.SignInAsync();
        // The first two rounds compile the code, and are not counted.
        for (var round = -2; round < Rounds; round++)
        {
            foreach (var one in all) await one.RefreshAllAsync(counted: round >= 0);
            await Task.Delay(Window);
        }

        Console.WriteLine($"{Environment.ProcessorCount} cores, .NET {Environment.Version}. {Rounds} rounds by turns of {Users.Count} refreshes each, {Callers} callers, each session once a round.");
        Console.WriteLine();
        Console.WriteLine($"{"CPU ms per refresh",-24} {"site",8} {"PostgreSQL",11} {"together",9} {"ratio",22} {"statements",11} {"elapsed ms",11}");
        foreach (var one in all)
        {
            var ratios = one.Costs.Zip(roadworthy.Costs, (its, ours) => its.Together / ours.Together).ToList();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{one.Name,-24} {one.Costs.Select(cost => cost.Site).Milliseconds(),8} {one.Costs.Select(cost => cost.Postgres).Milliseconds(),11} {one.Costs.Select(cost => cost.Together).Milliseconds(),9} {ratios.Spread(),22} {one.Costs.Select(cost => cost.Statements).Median(),11:0.00} {one.Costs.Select(cost => cost.Elapsed).Milliseconds(),11}"));
        }

        Console.WriteLine();
        Console.WriteLine($"{AtOnce} refreshes of one token at once, {Races} times. Then each caller refreshes with what it was given.");
        Console.WriteLine($"{"",-24} {"200",6} {"successors, median",19} {"signed out",11}");
        foreach (var one in all)
        {
            var (granted, successors, signedOut) = await one.RaceAsync();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{one.Name,-24} {granted,6:P0} {successors,19:0} {signedOut,11:P0}"));
        }
    }

    private sealed class Contender(string name, MeasuredSite site, Func<HttpClient, Tokens> tokens) : IAsyncDisposable
    {
        private readonly Tokens _client = tokens(site.Client);
        private readonly string[] _live = new string[Users.Count];

        public string Name => name;

        /// <summary>Whether a refresh must give another token, or the round was none of rotations.</summary>
        public bool Rotates { get; init; }

        public List<Cost> Costs { get; } = [];

        public Task SignInAsync() => EachAsync(async user => _live[user] = await _client.SignInAsync(user + 1));

        public async Task RefreshAllAsync(bool counted)
        {
            var cost = await site.MeasureAsync(Users.Count, () => EachAsync(async user =>
            {
                var next = await _client.RefreshAsync(_live[user]) ?? throw new InvalidOperationException($"{name} refused a refresh.");
                if (Rotates && next == _live[user]) throw new InvalidOperationException($"{name} did not rotate.");
                _live[user] = next;
            }));
            if (counted) Costs.Add(cost);
        }

        public async Task<(double Granted, double Successors, double SignedOut)> RaceAsync()
        {
            var (granted, signedOut, successors) = (0, 0, new List<double>());
            for (var race = 0; race < Races; race++)
            {
                var token = _live[race];
                var answers = await Testing.Race.RunAsync(AtOnce, _ => _client.RefreshAsync(token));
                granted += answers.Count(answer => answer is not null);
                successors.Add(answers.Where(answer => answer is not null).Distinct(StringComparer.Ordinal).Count());
                foreach (var answer in answers)
                    if (await _client.RefreshAsync(answer ?? token) is null) signedOut++;
            }

            return (granted / (double)(Races * AtOnce), successors.Median(), signedOut / (double)(Races * AtOnce));
        }

        public ValueTask DisposeAsync() => site.DisposeAsync();

        private static Task EachAsync(Func<int, Task> work) =>
            Parallel.ForAsync(0, Users.Count, new ParallelOptions { MaxDegreeOfParallelism = Callers }, async (user, _) => await work(user));
    }
}

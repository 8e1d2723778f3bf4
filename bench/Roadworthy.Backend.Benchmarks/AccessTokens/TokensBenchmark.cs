using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Roadworthy.Backend.Benchmarks.Measuring;

namespace Roadworthy.Backend.Benchmarks.AccessTokens;

/// <summary>What an access token costs a request: with its signature remembered, and verified each time. One client, one token, as it is in life.</summary>
internal static class TokensBenchmark
{
    private const int Rounds = 9;
    private const int Callers = 8;
    private const int Requests = 10_000;

    public static async Task RunAsync()
    {
        await using var remembering = await MeasuredSite.StartAsync("tokens-remembering");
        await using var verifying = await MeasuredSite.StartAsync("tokens-verifying");
        Case[] all =
        [
            new("verified each time", verifying, "/closed", await SignInAsync(verifying.Client)),
            new("remembered", remembering, "/closed", await SignInAsync(remembering.Client)),
            new("no token wanted", remembering, "/open", null),
        ];

        // The first two rounds compile the code, and are not counted.
        for (var round = -2; round < Rounds; round++)
            foreach (var one in all) await one.RunAsync(counted: round >= 0);

        Console.WriteLine($"{Environment.ProcessorCount} cores, .NET {Environment.Version}. {Rounds} rounds by turns of {Requests} requests each, {Callers} callers.");
        Console.WriteLine();
        Console.WriteLine($"{"CPU of the site",-24} {"µs a request",14} {"to verified each time",24}");
        foreach (var one in all)
        {
            var ratios = one.Costs.Zip(all[0].Costs, (its, verified) => its / verified).ToList();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{one.Name,-24} {one.Costs.Select(cost => cost.TotalMicroseconds).Median(),14:0} {ratios.Spread(),24}"));
        }

        var tokens = all[0].Costs.Zip(all[1].Costs, all[2].Costs).Select(turn => (turn.First - turn.Third) / (turn.Second - turn.Third)).ToList();
        Console.WriteLine();
        Console.WriteLine($"The token alone, verified to remembered: {tokens.Spread()}.");
    }

    private static async Task<string> SignInAsync(HttpClient client)
    {
        using var response = await client.PostAsync("/sign-in?user=1", content: null);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        return answer.RootElement.GetProperty("accessToken").GetString()!;
    }

    private sealed record Case(string Name, MeasuredSite Site, string Path, string? Token)
    {
        public List<TimeSpan> Costs { get; } = [];

        public async Task RunAsync(bool counted)
        {
            var cost = await Site.MeasureAsync(Requests, () => Parallel.ForAsync(0, Requests, new ParallelOptions { MaxDegreeOfParallelism = Callers }, async (_, cancel) =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, Path);
                if (Token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
                using var response = await Site.Client.SendAsync(request, cancel);
                response.EnsureSuccessStatusCode();
            }));
            if (counted) Costs.Add(cost.Site);
        }
    }
}

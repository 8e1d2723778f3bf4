using Roadworthy.Backend.Benchmarks.AccessTokens;
using Roadworthy.Backend.Benchmarks.Keys;
using Roadworthy.Backend.Benchmarks.Queries;
using Roadworthy.Backend.Benchmarks.Sessions;

switch (args)
{
    case ["serve", var site, var connection]:
        await using (var app = await Site(site)(connection)) await app.RunAsync();
        return 0;

    case ["sessions"]:
        await SessionsBenchmark.RunAsync();
        return 0;

    case ["keys"]:
        await KeysBenchmark.RunAsync();
        return 0;

    case ["tokens"]:
        await TokensBenchmark.RunAsync();
        return 0;

    case ["queries"]:
        await QueriesBenchmark.RunAsync();
        return 0;

    default:
        Console.Error.WriteLine("Which one? 'sessions', 'keys', 'tokens' or 'queries'.");
        return 2;
}

static Func<string, Task<WebApplication>> Site(string name) => name switch
{
    "roadworthy" => connection => RoadworthySite.BuildAsync(connection),
    "identity" => IdentitySite.BuildAsync,
    "openiddict" => OpenIddictSite.BuildAsync,
    "keys-ef" => KeysWithEfCoreSite.BuildAsync,
    "keys-npgsql" => KeysWithNpgsqlSite.BuildAsync,
    "tokens-remembering" => TokensSite.RememberingAsync,
    "tokens-verifying" => TokensSite.VerifyingAsync,
    "queries-without" => QueriesSite.WithoutAsync,
    "queries-off" => QueriesSite.OffAsync,
    "queries-on" => QueriesSite.OnAsync,
    _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such site."),
};

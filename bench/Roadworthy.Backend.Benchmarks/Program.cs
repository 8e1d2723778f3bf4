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

    case ["queries"]:
        await QueriesBenchmark.RunAsync();
        return 0;

    default:
        Console.Error.WriteLine("Which one? 'sessions', 'keys' or 'queries'.");
        return 2;
}

static Func<string, Task<WebApplication>> Site(string name) => name switch
{
    "roadworthy" => RoadworthySite.BuildAsync,
    "identity" => IdentitySite.BuildAsync,
    "openiddict" => OpenIddictSite.BuildAsync,
    "keys-ef" => KeysWithEfCoreSite.BuildAsync,
    "keys-npgsql" => KeysWithNpgsqlSite.BuildAsync,
    "queries-without" => QueriesSite.WithoutAsync,
    "queries-off" => QueriesSite.OffAsync,
    "queries-on" => QueriesSite.OnAsync,
    _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such site."),
};

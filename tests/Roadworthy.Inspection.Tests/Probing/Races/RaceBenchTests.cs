using System.Globalization;
using FirstDraft.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Npgsql;
using Roadworthy.Inspection.Backend;
using Roadworthy.Inspection.Tests.Support;

namespace Roadworthy.Inspection.Tests.Probing.Races;

/// <summary>Twenty racy endpoints and twenty-five safe ones, in two stacks. ROADWORTHY_RACE_REPETITIONS says how often each is tried; 20 makes the bench of it.</summary>
public sealed class RaceBenchTests(Database databases)
{
    private static readonly string[] NodeRacy =
        ["check-then-insert", "check-then-insert-after-a-while", "number-written-back", "checked-and-lowered", "status-without-a-condition", "insert-where-not-exists", "upsert-then-written-back", "next-number", "in-a-transaction-and-no-lock", "limit-of-many"];

    private static readonly string[] NodeSafe =
        ["unique-index", "on-conflict-do-nothing", "conditional-update", "added-in-place", "for-update", "advisory-lock", "serializable-and-repeated", "version-column", "status-with-a-condition", "plain-insert", "same-value-every-time", "table-lock", "failures-are-recorded"];

    private static int Repetitions { get; } = int.TryParse(Environment.GetEnvironmentVariable("ROADWORTHY_RACE_REPETITIONS"), CultureInfo.InvariantCulture, out var number) ? number : 1;

    [Fact]
    public async Task Every_race_over_node_postgres_is_found_every_time_and_nothing_else()
    {
        await using var bench = await NodeAsync();
        await TryAllAsync(bench, NodeRacy, NodeSafe);
    }

    [Fact]
    public async Task A_lock_inside_the_process_is_told_from_one_that_holds_on_two_instances()
    {
        await using var bench = await NodeAsync();
        var outcome = await bench.ForceAsync("other", "lock-in-the-process", Token);
        Assert.NotNull(outcome.Loss);
        Assert.True(outcome.HoldsOnOne);
        Assert.False((await bench.ForceAsync("racy", "check-then-insert", Token)).HoldsOnOne);
    }

    [Fact]
    public async Task A_conflict_that_the_database_stops_and_the_client_is_told_as_a_failure_is_no_race_and_no_pass()
    {
        await using var bench = await NodeAsync();
        var outcome = await bench.ForceAsync("other", "conflict-unexpected", Token);
        Assert.Null(outcome.Loss);
        Assert.Contains(500, new[] { outcome.Crash!.A.Status, outcome.Crash.B!.Status });
        Assert.Null((await bench.ForceAsync("safe", "unique-index", Token)).Crash);
    }

    private async Task<RaceBench> NodeAsync()
    {
        await NodePackages.RequireAsync();
        var database = await NewAsync();
        return await RaceBench.StartAsync(database, through => Task.FromResult(new SetupOptions
        {
            Backend = new BackendOptions { Command = "node server.js", Directory = Fixtures.Folder("race-bench"), Migrate = "", Variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["PG_MODULE"] = Path.Combine(Drafts.Node().Directory, "package.json") } },
            ConnectionString = through,
            DirectConnectionString = database,
            Api = RaceBench.Undescribed,
        }), Token);
    }

    [Fact]
    public async Task Every_race_over_npgsql_is_found_every_time_and_nothing_else()
    {
        var database = await NewAsync();
        TestApi? api = null;
        NpgsqlDataSource? source = null;
        await using (var bench = await RaceBench.StartAsync(database, async through =>
        {
            source = NpgsqlDataSource.Create(through);
            api = await TestApi.StartAsync(site => Map(site, source));
            return new SetupOptions { Target = api.Address, ConnectionString = through, DirectConnectionString = database, Api = RaceBench.Undescribed };
        }, Token))
        {
            await TryAllAsync(bench, NpgsqlEndpoints.Racy.Keys, NpgsqlEndpoints.Safe.Keys);
        }

        await api!.DisposeAsync();
        await source!.DisposeAsync();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task TryAllAsync(RaceBench bench, IEnumerable<string> racy, IEnumerable<string> safe)
    {
        var results = new List<BenchResult>();
        foreach (var (kind, name) in racy.Select(name => ("racy", name)).Concat(safe.Select(name => ("safe", name))))
        {
            results.Add(await bench.TryAsync(kind, name, Repetitions, Token));
            TestContext.Current.TestOutputHelper!.WriteLine(results[^1].ToString());
        }

        foreach (var group in results.GroupBy(result => result.Kind, StringComparer.Ordinal))
            TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{group.Key}: forced {group.Sum(result => result.Forced)} of {group.Sum(result => result.Repetitions)}, {group.Average(result => result.ForcedTime.TotalSeconds):0.00} s each; twenty at once {group.Sum(result => result.Naive)}"));
        Assert.Empty(results.Where(result => result.Kind == "racy" && result.Forced != result.Repetitions).Select(result => result.ToString()));
        Assert.Empty(results.Where(result => result.Kind == "safe" && result.Forced > 0).Select(result => result.ToString()));
    }

    private static void Map(WebApplication site, NpgsqlDataSource source)
    {
        site.MapGet("/", () => "ready");
        site.MapPost("/{kind}/{name}", async (string kind, string name) =>
        {
            if (!(kind == "racy" ? NpgsqlEndpoints.Racy : NpgsqlEndpoints.Safe).TryGetValue(name, out var endpoint)) return Results.NotFound();
            await using var connection = await source.OpenConnectionAsync();
            return Results.Json(new { }, statusCode: await endpoint(connection));
        });
    }

    private async Task<string> NewAsync()
    {
        var database = await databases.NewAsync();
        await Database.ScalarAsync(database, await File.ReadAllTextAsync(Path.Combine(Fixtures.Folder("race-bench"), "schema.sql"), Token));
        return database;
    }
}

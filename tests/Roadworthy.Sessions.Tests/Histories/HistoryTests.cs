using Npgsql;
using Roadworthy.Sessions.Tests.Support;

namespace Roadworthy.Sessions.Tests.Histories;

/// <summary>Random lives of sessions: never two live branches, never a signed-out honest client, always a dead thief past the window.</summary>
public sealed class HistoryTests(SessionsServer server)
{
    // Minutes in place of seconds: what the test itself takes must not matter.
    private static readonly SessionsOptions Options = new() { ReplayWindow = TimeSpan.FromMinutes(10), HealHorizon = TimeSpan.FromHours(24) };

    [Fact]
    public Task Two_thousand_lives_go_as_promised() => LiveAsync(2_000);

    [Fact]
    [Trait("Category", "Long")]
    public Task A_hundred_thousand_lives_go_as_promised() => LiveAsync(100_000);

    private async Task LiveAsync(int count)
    {
        var first = Random.Shared.Next(int.MaxValue - count);
        TestContext.Current.TestOutputHelper?.WriteLine($"histories {first} to {first + count - 1}");
        await using var database = await server.CloneAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString + ";No Reset On Close=true;Max Auto Prepare=32;Auto Prepare Min Usages=2");
        await using (var kept = source.CreateCommand("CREATE TABLE kept AS SELECT ''::text AS name, s.* FROM roadworthy.sessions s LIMIT 0; CREATE INDEX ON kept (id)"))
            await kept.ExecuteNonQueryAsync();
        await Parallel.ForEachAsync(
            Enumerable.Range(first, count), new ParallelOptions { MaxDegreeOfParallelism = 6 }, async (seed, _) => await History.RunAsync(seed, source, Options));
    }
}

using System.Text.Json;
using Roadworthy.Wire.Tests.Support;

namespace Roadworthy.Wire.Tests.Faults;

/// <summary>The same faults as another driver sees them: node-postgres, with simple queries, values and names.</summary>
public sealed class NodeFaultTests(Database database)
{
    private static bool IsInsert(in PendingStatement statement) => statement.Shape.Text.StartsWith("insert into items", StringComparison.Ordinal);

    [Fact]
    public async Task A_made_up_error_in_a_transaction_fails_it_until_ROLLBACK()
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        using var fault = at.Proxy.Fail("40001", "could not serialize access", IsInsert, times: 3);
        var said = await RunAsync(at,
            "BEGIN", "INSERT INTO parents VALUES (1)", "INSERT INTO items VALUES (1)", "SELECT 1", "ROLLBACK",
            "BEGIN", new object[] { "INSERT INTO items VALUES ($1)", new[] { 1 } }, "COMMIT",
            new object[] { new { name = "by-name", text = "INSERT INTO items VALUES ($1)", values = new[] { 1 } } },
            new object[] { new { name = "by-name", text = "INSERT INTO items VALUES ($1)", values = new[] { 1 } } },
            "SELECT count(*)::int AS n FROM parents");
        Assert.Equal(
            [
                "ok BEGIN []", "ok INSERT []", "error 40001", "error 25P02", "ok ROLLBACK []",
                "ok BEGIN []", "error 40001", "ok ROLLBACK []",
                "error 40001", "ok INSERT []",
                "ok SELECT [{\"n\":0}]",
            ], said);
    }

    [Fact]
    public async Task A_statement_in_the_middle_of_a_query_fails_what_stands_around_it()
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        using var fault = at.Proxy.Fail("40001", "could not serialize access", IsInsert);
        Assert.Equal(["error 40001", "ok SELECT [{\"n\":0}]"],
            await RunAsync(at, "INSERT INTO parents VALUES (1); INSERT INTO items VALUES (1); INSERT INTO parents VALUES (2)", "SELECT count(*)::int AS n FROM parents"));
    }

    [Theory]
    [InlineData(KillMoment.BeforeStatement, 0)]
    [InlineData(KillMoment.BeforeAnswer, 1)]
    public async Task A_statement_is_cut_off(KillMoment moment, long rows)
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        using var kill = at.Proxy.Kill(moment, IsInsert);
        var said = await RunAsync(at, "INSERT INTO items VALUES (1)");
        Assert.StartsWith("error ", Assert.Single(said), StringComparison.Ordinal);
        Assert.Equal(rows, await at.AskAsync("SELECT count(*) FROM items"));
    }

    [Fact]
    public async Task Delays_refusals_and_terminations_are_seen()
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        using (at.Proxy.Delay(TimeSpan.FromMilliseconds(200), IsInsert)) Assert.Equal(["ok INSERT []"], await RunAsync(at, "INSERT INTO items VALUES (1)"));
        using (at.Proxy.Kill(KillMoment.BeforeStatement, IsInsert, manner: KillManner.Terminate)) Assert.Equal(["error 57P01"], await RunAsync(at, "INSERT INTO items VALUES (2)"));
        using (at.Proxy.RefuseConnections()) Assert.Equal(["refused 53300"], await RunAsync(at, "SELECT 1"));
    }

    private static async Task<string[]> RunAsync(ProxiedDatabase at, params object[] statements)
    {
        var folder = await Tool.NodeAsync();
        var said = await Tool.RunAsync("node", ["fault.mjs"], new Dictionary<string, string>
        {
            ["CLIENT_URL"] = $"postgres://postgres:{at.Password}@127.0.0.1:{at.Proxy.Port}/{at.Name}",
            ["CLIENT_SQL"] = JsonSerializer.Serialize(statements),
        }, folder: folder);
        return said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}

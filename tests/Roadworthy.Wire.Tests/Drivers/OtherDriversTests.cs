using System.Text.RegularExpressions;
using Roadworthy.Wire.Tests.Support;

namespace Roadworthy.Wire.Tests.Drivers;

/// <summary>What programs of other languages print, through the proxy and directly.</summary>
public sealed partial class OtherDriversTests(Database database)
{
    private const string Work =
        """
        \set ON_ERROR_STOP 0
        \set VERBOSITY sqlstate
        TRUNCATE items, parents;
        SELECT 1, 'two', NULL;
        BEGIN \; INSERT INTO items VALUES (1, 'one') \; SELECT count(*) FROM items \; COMMIT;
        SELECT nonsense;
        BEGIN;
        INSERT INTO items VALUES (1, 'again');
        SELECT 1;
        ROLLBACK;
        COPY items (id, name) FROM STDIN;
        2	two
        3	three
        \.
        COPY (SELECT * FROM items ORDER BY id) TO STDOUT;
        PREPARE one AS SELECT name FROM items WHERE id = $1;
        EXECUTE one(2);
        DEALLOCATE one;
        \set FETCH_COUNT 2
        SELECT n FROM generate_series(1, 7) n;
        LISTEN news;
        NOTIFY news, 'hello';
        SELECT lo_creat(-1) > 0 AS made;
        SELECT length(repeat('x', 300000));
        """;

    [Fact]
    public async Task Psql_prints_the_same()
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        var psql = Tool.Postgres("psql");
        string[] arguments = ["-X", "-w", "-h", "127.0.0.1", "-U", "postgres", "-d", at.Name];
        var direct = await Tool.RunAsync(psql, [.. arguments, "-p", $"{database.Server.Port}"], Password(at), Work);
        var through = await Tool.RunAsync(psql, [.. arguments, "-p", $"{at.Proxy.Port}"], Password(at), Work);
        Assert.Equal(Process().Replace(direct, "PID"), Process().Replace(through, "PID"));
        Assert.Contains("two", direct, StringComparison.Ordinal);
        Assert.Contains("select name from items where id = ?", at.Log.Texts);
    }

    [Fact]
    public async Task Large_objects_which_call_functions_of_the_protocol_are_the_same()
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, new byte[100_000]);
            var work = $"\\lo_import '{file}'\n\\lo_export :LASTOID '{file}.out'\nSELECT sum(length(data)) FROM pg_largeobject;";
            var said = await Tool.RunAsync(Tool.Postgres("psql"), ["-X", "-w", "-h", "127.0.0.1", "-U", "postgres", "-d", at.Name, "-p", $"{at.Proxy.Port}"], Password(at), work);
            Assert.Contains("100000", said, StringComparison.Ordinal);
            Assert.Equal(100_000, new FileInfo(file + ".out").Length);
            Assert.Contains("(function call)", at.Log.Texts);
        }
        finally
        {
            File.Delete(file);
            File.Delete(file + ".out");
        }
    }

    [Theory]
    [InlineData("simple")]
    [InlineData("extended")]
    [InlineData("prepared")]
    public async Task Pgbench_runs_in_each_mode_and_every_statement_is_told(string mode)
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        var pgbench = Tool.Postgres("pgbench");
        string[] arguments = ["-h", "127.0.0.1", "-p", $"{at.Proxy.Port}", "-U", "postgres", at.Name];
        await Tool.RunAsync(pgbench, ["-i", "-s", "1", "-q", .. arguments], Password(at));
        var said = await Tool.RunAsync(pgbench, ["-n", "-c", "4", "-t", "50", "-M", mode, .. arguments], Password(at));
        Assert.Contains("number of transactions actually processed: 200/200", said, StringComparison.Ordinal);
        await Eventually.TrueAsync(() => at.Proxy.Connections.Count == 0);
        var counts = at.Log.Records.GroupBy(record => record.Shape.Text).ToDictionary(group => group.Key, group => group.Count());
        Assert.Equal((200, 200), (counts["update pgbench_accounts set abalance = abalance + ? where aid = ?"], counts["insert into pgbench_history(tid, bid, aid, delta, mtime) values (?, ?, ?, ?, current_timestamp)"]));
        Assert.DoesNotContain(at.Log.Records, record => record.Outcome is not StatementOutcome.Completed);
        if (mode == "prepared") Assert.All(at.Log.Records.Where(record => record.Shape.Text.StartsWith("update", StringComparison.Ordinal)), record => Assert.True(record.IsPrepared));
    }

    [Fact]
    public async Task Pgbench_in_pipeline_mode_shares_round_trips()
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        var script = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(script, "\\startpipeline\nSELECT 1;\nSELECT 2, 3;\nINSERT INTO items VALUES ((random() * 2000000000)::int) ON CONFLICT DO NOTHING;\n\\endpipeline\n");
            var said = await Tool.RunAsync(Tool.Postgres("pgbench"),
                ["-n", "-M", "extended", "-t", "100", "-f", script, "-h", "127.0.0.1", "-p", $"{at.Proxy.Port}", "-U", "postgres", at.Name], Password(at));
            Assert.Contains("100/100", said, StringComparison.Ordinal);
            await Eventually.TrueAsync(() => at.Proxy.Connections.Count == 0);
            Assert.All(at.Log.Records.Where(record => record.IsExtended).GroupBy(record => record.Batch), batch => Assert.Equal(3, batch.Count()));
        }
        finally
        {
            File.Delete(script);
        }
    }

    [Fact]
    public async Task Psycopg_prints_the_same_with_pipelines_copies_and_cursors()
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        var python = await Tool.PythonAsync("psycopg");
        Task<string> RunAsync(int port) => Tool.RunAsync(python, [Path.Combine(AppContext.BaseDirectory, "Clients", "python", "work.py")], new Dictionary<string, string>
        {
            ["CLIENT_DSN"] = $"host=127.0.0.1 port={port} user=postgres dbname={at.Name}",
            ["PGPASSWORD"] = at.Password,
        });
        Assert.Equal(await RunAsync(database.Server.Port), await RunAsync(at.Proxy.Port));
        Assert.Equal(200, at.Log.Records.Count(record => record.Shape.Text == "select ?::int" && record.Outcome == StatementOutcome.Completed));
    }

    [Fact]
    public async Task Node_postgres_prints_the_same_with_cursors_copies_and_notifications()
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        var folder = await Tool.NodeAsync();
        Task<string> RunAsync(int port) => Tool.RunAsync("node", ["work.mjs"], new Dictionary<string, string> { ["CLIENT_URL"] = $"postgres://postgres:{at.Password}@127.0.0.1:{port}/{at.Name}" }, folder: folder);
        Assert.Equal(await RunAsync(database.Server.Port), await RunAsync(at.Proxy.Port));
        Assert.Equal(3, at.Log.Records.Count(record => record.Shape.Text == "select n from generate_series(?, ?) n"));
        Assert.Equal([false, true, true], at.Log.Records.Where(record => record.Shape.Text == "select n from generate_series(?, ?) n").Select(record => record.IsResumed));
    }

    private static Dictionary<string, string> Password(ProxiedDatabase at) => new() { ["PGPASSWORD"] = at.Password };

    [GeneratedRegex(@"PID \d+")]
    private static partial Regex Process();
}

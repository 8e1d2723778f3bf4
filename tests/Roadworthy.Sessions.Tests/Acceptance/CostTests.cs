using Npgsql;
using Roadworthy.Sessions.Tests.Support;

namespace Roadworthy.Sessions.Tests.Acceptance;

/// <summary>What a refresh costs PostgreSQL.</summary>
public sealed class CostTests(SessionsServer server)
{
    private const int Sessions = 100;

    [Fact]
    public Task A15_two_thousand_refreshes_are_two_thousand_statements_and_their_updates_stay_on_their_pages() => CountAsync(rounds: 20);

    [Fact]
    [Trait("Category", "Long")]
    public Task A15_ten_thousand_refreshes_are_ten_thousand_statements_and_their_updates_stay_on_their_pages() => CountAsync(rounds: 100);

    [Fact]
    public async Task A15_fresh_and_replayed_write_no_row()
    {
        await using var app = await SessionsApp.CreateAsync(server);
        var first = await app.SignInAsync();
        var second = (await app.RefreshAsync(first)).Tokens!;
        var version = await VersionAsync(app, first.SessionId);
        Assert.Equal(RefreshVerdict.Replayed, (await app.RefreshAsync(first)).Verdict);
        Assert.Equal(RefreshVerdict.Fresh, (await app.RefreshAsync(second)).Verdict);
        Assert.Equal(version, await VersionAsync(app, first.SessionId));
    }

    private async Task CountAsync(int rounds)
    {
        await using var app = await SessionsApp.CreateAsync(server);
        var sessions = new SessionTokens[Sessions];
        for (var n = 0; n < Sessions; n++) sessions[n] = (await app.RefreshAsync(await app.SignInAsync())).Tokens!;
        // Rotations without a wait for the window: the instant of the last one lies in the past for good.
        await Sql.ExecuteAsync(
            app.ConnectionString,
            """
            CREATE FUNCTION age() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN new.rotated_at := '-infinity'; RETURN new; END $$;
            CREATE TRIGGER age BEFORE UPDATE ON roadworthy.sessions FOR EACH ROW EXECUTE FUNCTION age();
            UPDATE roadworthy.sessions SET rotated_at = '-infinity';
            """);
        await Sql.ExecuteAsync(app.ConnectionString, "VACUUM roadworthy.sessions");
        var before = await UpdatesAsync(app);
        // Open before the count begins: a new connection loads the server's types.
        await using var counter = new NpgsqlConnection(app.ConnectionString + ";Pooling=false");
        await counter.OpenAsync(TestContext.Current.CancellationToken);
        await using (var reset = new NpgsqlCommand("SELECT pg_stat_statements_reset(0, (SELECT oid FROM pg_database WHERE datname = current_database()), 0)::text", counter)) await reset.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        await Parallel.ForAsync(0, Sessions, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (n, _) =>
        {
            for (var round = 0; round < rounds; round++)
            {
                var result = await app.RefreshAsync(sessions[n]);
                Assert.Equal(RefreshVerdict.Rotated, result.Verdict);
                sessions[n] = result.Tokens!;
            }
        });

        await using var count = new NpgsqlCommand(
            """
            SELECT sum(calls) FROM pg_stat_statements
            WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND query NOT LIKE '%pg_stat_statements%'
            """,
            counter);
        var statements = (decimal)(await count.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal(Sessions * rounds, statements);
        var after = await UpdatesAsync(app);
        Assert.Equal(Sessions * rounds, after.All - before.All);
        var ratio = (double)(after.Hot - before.Hot) / (after.All - before.All);
        TestContext.Current.TestOutputHelper?.WriteLine($"{statements} statements, {ratio:P2} of the updates heap-only");
        Assert.True(ratio > 0.95, $"{ratio:P2} of the updates are heap-only.");
    }

    private static Task<string> VersionAsync(SessionsApp app, Guid session) =>
        Sql.ScalarAsync<string>(app.ConnectionString, "SELECT ctid::text || ' ' || xmin::text FROM roadworthy.sessions WHERE id = $1", session);

    private static async Task<(long All, long Hot)> UpdatesAsync(SessionsApp app)
    {
        // What other connections have counted is in the view once they are idle or gone.
        await Sql.ExecuteAsync(app.ConnectionString, "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
        return (
            await Sql.ScalarAsync<long>(app.ConnectionString, "SELECT n_tup_upd FROM pg_stat_user_tables WHERE relname = 'sessions'"),
            await Sql.ScalarAsync<long>(app.ConnectionString, "SELECT n_tup_hot_upd FROM pg_stat_user_tables WHERE relname = 'sessions'"));
    }
}

using Npgsql;
using Roadworthy.Sessions.Refresh;
using Roadworthy.Sessions.Tokens;

namespace Roadworthy.Sessions.Tests.Refresh;

/// <summary>What shows only when a refresh commits: who is told, what the connection keeps, and who waits for whom.</summary>
internal static class CommittedRefreshes
{
    private static readonly SessionsOptions Options = new() { WaitForDisk = false };

    /// <returns>The first thing that is not as it must be; null when all is.</returns>
    public static async Task<string?> DifferenceAsync(NpgsqlDataSource source, string statement) =>
        await ToldAsync(source, statement, presented: 1, told: true) ?? await ToldAsync(source, statement, presented: 3, told: false)
        ?? await KeepsNoSettingAsync(source, statement) ?? await SecondWaitsAsync(source, statement);

    private static async Task<string?> ToldAsync(NpgsqlDataSource source, string statement, int presented, bool told)
    {
        var token = await InsertAsync(source);
        await using var listener = await source.OpenConnectionAsync();
        var payloads = new List<string>();
        listener.Notification += (_, notified) => payloads.Add(notified.Payload);
        await using (var listen = new NpgsqlCommand("LISTEN roadworthy_sessions", listener)) await listen.ExecuteNonQueryAsync();
        await using (var connection = await source.OpenConnectionAsync()) await RefreshAsync(connection, statement, token.At(presented));
        // An answer comes after every notification that was committed before the question.
        await using (var ask = new NpgsqlCommand("UNLISTEN *", listener)) await ask.ExecuteNonQueryAsync();
        var hears = payloads.Contains(token.Session.ToString());
        return hears == told ? null : $"generation {presented} of 3: notified {hears}";
    }

    private static async Task<string?> KeepsNoSettingAsync(NpgsqlDataSource source, string statement)
    {
        var token = await InsertAsync(source);
        await using var connection = await source.OpenConnectionAsync();
        await using (var on = new NpgsqlCommand("SET synchronous_commit = on", connection)) await on.ExecuteNonQueryAsync();
        await RefreshAsync(connection, statement, token.At(3));
        await using var ask = new NpgsqlCommand("SHOW synchronous_commit", connection);
        return await ask.ExecuteScalarAsync() is "on" ? null : "the connection keeps synchronous_commit = off";
    }

    private static async Task<string?> SecondWaitsAsync(NpgsqlDataSource source, string statement)
    {
        var token = await InsertAsync(source);
        await using var first = await source.OpenConnectionAsync();
        await using var second = await source.OpenConnectionAsync();
        await using var transaction = await first.BeginTransactionAsync();
        var verdict = await RefreshAsync(first, statement, token.At(3));
        var waiting = RefreshAsync(second, statement, token.At(3));
        await WaitsAsync(source, second.ProcessID, waiting);
        await transaction.CommitAsync();
        var other = await waiting;
        return (verdict, other) is ("rotated", "replayed") ? null : $"two at once: {verdict} and {other}";
    }

    private static async Task WaitsAsync(NpgsqlDataSource source, int process, Task done)
    {
        await using var command = source.CreateCommand("SELECT wait_event_type = 'Lock' FROM pg_stat_activity WHERE pid = $1");
        command.Parameters.AddWithValue(process);
        for (var n = 0; n < 5_000 && !done.IsCompleted; n++)
        {
            if (await command.ExecuteScalarAsync() is true) return;
        }

        throw new InvalidOperationException("The second refresh did not wait for the first.");
    }

    private static async Task<SealedToken> InsertAsync(NpgsqlDataSource source)
    {
        var token = SealedToken.Create(Guid.NewGuid());
        await using var command = source.CreateCommand(
            """
            WITH who AS (INSERT INTO people (id) VALUES (gen_random_uuid()) RETURNING id)
            INSERT INTO roadworthy.sessions (id, user_id, secret_hash, generation, idle_until, absolute_until)
            SELECT $1, id, $2, 3, now() + interval '1 day', now() + interval '1 day' FROM who
            """);
        command.Parameters.AddWithValue(token.Session);
        command.Parameters.AddWithValue(token.SecretHash());
        await command.ExecuteNonQueryAsync();
        return token;
    }

    private static async Task<string> RefreshAsync(NpgsqlConnection connection, string statement, SealedToken token)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        RefreshStatement.AddParameters(command, token, SessionClient.Unknown, Options);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}

using Npgsql;
using Roadworthy.Sessions.Refresh;
using Roadworthy.Sessions.Store;
using Roadworthy.Sessions.Tokens;

namespace Roadworthy.Sessions.Tests.Histories;

/// <summary>The session's row in PostgreSQL: refreshed and confirmed by the package's own code, aged and set back by hand.</summary>
internal sealed class SessionRow
{
    private readonly NpgsqlDataSource _source;
    private readonly RefreshStatement _refresh;
    private readonly SessionStore _store;
    private readonly SealedToken _token;

    private SessionRow(NpgsqlDataSource source, SessionsOptions options, SealedToken token) =>
        (_source, _refresh, _store, _token) = (source, new(source, options), new(source, options), token);

    public static async Task<SessionRow> CreateAsync(NpgsqlDataSource source, SessionsOptions options)
    {
        var user = Guid.NewGuid();
        await using (var person = source.CreateCommand("INSERT INTO people (id) VALUES ($1)"))
        {
            person.Parameters.AddWithValue(user);
            await person.ExecuteNonQueryAsync();
        }

        var token = SealedToken.Create(Guid.NewGuid());
        var row = new SessionRow(source, options, token);
        if (await row._store.SignInAsync(token, new(user.ToString()), transaction: null, CancellationToken.None) is null)
            throw new InvalidOperationException("The sign-in was refused.");
        return row;
    }

    public async Task<(RefreshVerdict Verdict, long Generation)> RefreshAsync(long presented)
    {
        var row = await _refresh.ExecuteAsync(_token.At(presented), SessionClient.Unknown, CancellationToken.None);
        return (row!.Verdict, row.Generation);
    }

    public Task ConfirmAsync(long generation) => _store.ConfirmAsync([KeyValuePair.Create(_token.Session, generation)], CancellationToken.None);

    public Task PassAsync(TimeSpan time) => ExecuteAsync(
        "UPDATE roadworthy.sessions SET rotated_at = rotated_at - $2, healed_at = healed_at - $2 WHERE id = $1", time);

    /// <summary>Keeps the row as it is now, under a name.</summary>
    public Task KeepAsync(string name) => ExecuteAsync(
        """
        INSERT INTO kept SELECT $2, s.* FROM roadworthy.sessions s WHERE id = $1
        """,
        name);

    /// <summary>The database goes back to a kept row. The time that has passed since has passed.</summary>
    public async Task GoBackAsync(string name, TimeSpan passed)
    {
        await ExecuteAsync("DELETE FROM roadworthy.sessions WHERE id = $1");
        await ExecuteAsync(
            """
            INSERT INTO roadworthy.sessions SELECT (jsonb_populate_record(null::roadworthy.sessions, to_jsonb(kept))).* FROM kept WHERE id = $1 AND name = $2
            """,
            name);
        await PassAsync(passed);
    }

    private async Task ExecuteAsync(string sql, params object[] values)
    {
        await using var command = _source.CreateCommand(sql);
        command.Parameters.AddWithValue(_token.Session);
        foreach (var value in values) command.Parameters.AddWithValue(value);
        await command.ExecuteNonQueryAsync();
    }
}

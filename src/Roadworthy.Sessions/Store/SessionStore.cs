using System.Net;
using Npgsql;
using NpgsqlTypes;
using Roadworthy.Sessions.Tokens;

namespace Roadworthy.Sessions.Store;

/// <summary>A row made by a sign-in.</summary>
internal sealed record SignedInRow(string? Claims, DateTimeOffset Now, DateTimeOffset EndsAt);

/// <summary>A session that was ended.</summary>
internal sealed record EndedRow(Guid Id, string UserId, long Generation);

/// <summary>The sessions in PostgreSQL: everything but the refresh.</summary>
internal sealed partial class SessionStore(NpgsqlDataSource source, SessionsOptions options)
{
    private readonly SessionSql _sql = new(options);

    /// <returns>Null where the user is disabled, gone, or of another stamp.</returns>
    public Task<SignedInRow?> SignInAsync(
        SealedToken token, SignIn signIn, NpgsqlTransaction? transaction, CancellationToken cancellationToken, bool page = false) =>
        RunAsync(transaction, cancel => InsertAsync(token, signIn, page, transaction, cancel), cancellationToken);

    private async Task<SignedInRow?> InsertAsync(SealedToken token, SignIn signIn, bool page, NpgsqlTransaction? transaction, CancellationToken cancellationToken)
    {
        await using var command = Command(_sql.SignIn, transaction);
        var client = signIn.Client.Stored;
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = token.Session });
        command.Parameters.Add(Text(signIn.UserId));
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = token.SecretHash() });
        command.Parameters.Add(Text(signIn.Stamp));
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = options.IdleLifetime });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = options.AbsoluteLifetime });
        command.Parameters.Add(Text(client.UserAgent));
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Inet, Value = (object?)client.Address ?? DBNull.Value });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = page });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken)) return null;
        return new(reader.IsDBNull(0) ? null : reader.GetString(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetFieldValue<DateTimeOffset>(2));
    }

    public Task<IReadOnlyList<Session>> ListAsync(string userId, CancellationToken cancellationToken) =>
        Repeat.AsyncOf(cancel => SelectAsync(userId, cancel), cancellationToken);

    private async Task<IReadOnlyList<Session>> SelectAsync(string userId, CancellationToken cancellationToken)
    {
        await using var command = Command(_sql.List);
        command.Parameters.Add(Text(userId));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var sessions = new List<Session>();
        while (await reader.ReadAsync(cancellationToken))
        {
            sessions.Add(new(
                reader.GetGuid(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetFieldValue<DateTimeOffset>(2),
                reader.IsDBNull(3) ? null : reader.GetString(3), reader.IsDBNull(4) ? null : reader.GetFieldValue<IPAddress>(4), reader.GetFieldValue<DateTimeOffset>(5)));
        }

        return sessions;
    }

    public Task<IReadOnlyList<EndedRow>> EndAnyAsync(Guid session, string reason, CancellationToken cancellationToken) =>
        EndAsync(SessionSql.EndAny, transaction: null, cancellationToken, Text(reason), Id(session));

    public Task<IReadOnlyList<EndedRow>> EndOneAsync(string userId, Guid session, string reason, CancellationToken cancellationToken) =>
        EndAsync(_sql.EndOne, transaction: null, cancellationToken, Text(reason), Text(userId), Id(session));

    public Task<IReadOnlyList<EndedRow>> EndAllAsync(string userId, Guid? except, string reason, NpgsqlTransaction? transaction, CancellationToken cancellationToken) =>
        EndAsync(_sql.EndAll, transaction, cancellationToken, Text(reason), Text(userId), Id(except));

    public Task<IReadOnlyList<EndedRow>> EndByTokenAsync(SealedToken token, string reason, CancellationToken cancellationToken) =>
        EndAsync(SessionSql.EndByToken, transaction: null, cancellationToken, Text(reason), Id(token.Session), new NpgsqlParameter<byte[]> { TypedValue = token.SecretHash() });

    public Task<IReadOnlyList<EndedRow>> EndEverythingAsync(string reason, CancellationToken cancellationToken) =>
        EndAsync(SessionSql.EndEverything, transaction: null, cancellationToken, Text(reason));

    /// <summary>Records the highest generations whose access tokens were seen.</summary>
    public async Task ConfirmAsync(IReadOnlyCollection<KeyValuePair<Guid, long>> seen, CancellationToken cancellationToken)
    {
        await using var command = Command(SessionSql.Confirm);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. seen.Select(one => one.Key)] });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. seen.Select(one => one.Value)] });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Whether the session stands, asked of its row. One that is not there does not.</summary>
    public Task<bool> IsLiveAsync(Guid session, CancellationToken cancellationToken) => Repeat.AsyncOf(
        async cancel =>
        {
            await using var command = Command(SessionSql.IsLive);
            command.Parameters.Add(Id(session));
            return await command.ExecuteScalarAsync(cancel) is true;
        },
        cancellationToken);

    /// <summary>Removes up to so many sessions that are over.</summary>
    /// <returns>How many.</returns>
    public async Task<int> PurgeAsync(TimeSpan keepEnded, int limit, CancellationToken cancellationToken)
    {
        await using var command = Command(SessionSql.Purge);
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = keepEnded });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private Task<IReadOnlyList<EndedRow>> EndAsync(
        string sql, NpgsqlTransaction? transaction, CancellationToken cancellationToken, params NpgsqlParameter[] parameters) =>
        RunAsync(transaction, cancel => UpdateAsync(sql, transaction, [.. parameters.Select(parameter => parameter.Clone())], cancel), cancellationToken);

    // In a transaction of the caller's a repeat is the caller's business.
    private static Task<T> RunAsync<T>(NpgsqlTransaction? transaction, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        transaction is null ? Repeat.AsyncOf(work, cancellationToken) : work(cancellationToken);

    private async Task<IReadOnlyList<EndedRow>> UpdateAsync(
        string sql, NpgsqlTransaction? transaction, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        await using var command = Command(sql, transaction);
        command.Parameters.AddRange(parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var ended = new List<EndedRow>();
        while (await reader.ReadAsync(cancellationToken)) ended.Add(new(reader.GetGuid(0), reader.GetString(1), reader.GetInt64(2)));
        return ended;
    }

    private NpgsqlCommand Command(string sql, NpgsqlTransaction? transaction = null) =>
        transaction is null ? source.CreateCommand(sql) : new NpgsqlCommand(sql, transaction.Connection, transaction);

    private static NpgsqlParameter Text(string? text) => new() { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)text ?? DBNull.Value };

    private static NpgsqlParameter Id(Guid? id) => new() { NpgsqlDbType = NpgsqlDbType.Uuid, Value = (object?)id ?? DBNull.Value };
}

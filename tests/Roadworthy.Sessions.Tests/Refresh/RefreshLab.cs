using System.Net;
using Npgsql;
using NpgsqlTypes;
using Roadworthy.Sessions.Refresh;
using Roadworthy.Sessions.Tokens;

namespace Roadworthy.Sessions.Tests.Refresh;

/// <summary>
/// Runs a refresh statement on a row made for it, inside one transaction that is rolled back: there now() stands still, so that a limit can
/// be met to the microsecond.
/// </summary>
internal sealed class RefreshLab(NpgsqlConnection connection, string statement)
{
    private const string Row = """
        INSERT INTO roadworthy.sessions (id, user_id, secret_hash, stamp, generation, rotated_at, confirmed, heals, healed_generation, healed_at,
          idle_until, absolute_until, revoked_at, revoked_why, user_agent, address)
        VALUES ($1, $2, $3, $4, $5, coalesce(now() - $6, '-infinity'), $7, $8, $9, coalesce(now() - $10, '-infinity'),
          now() + $11, now() + $12, CASE WHEN $13 THEN now() - interval '1 hour' END, CASE WHEN $13 THEN 'ended' END, $14, $15)
        """;

    private const string Effect = """
        SELECT generation, CASE WHEN isfinite(rotated_at) THEN now() - rotated_at END, CASE WHEN isfinite(healed_at) THEN now() - healed_at END,
          confirmed, heals, healed_generation, idle_until - now(), revoked_at IS NOT DISTINCT FROM now(), revoked_why, address, user_agent,
          current_setting('synchronous_commit') <> 'off'
        FROM roadworthy.sessions WHERE id = $1
        """;

    public async Task<RefreshEffect> RunAsync(RefreshCase given, SessionsOptions options)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        var token = SealedToken.Create(Guid.NewGuid()).At(RefreshCase.Presented);
        await PrepareAsync(given, token);
        await using var refresh = new NpgsqlCommand(statement, connection);
        RefreshStatement.AddParameters(
            refresh, given.RightSecret ? token : token with { Secret = token.Secret ^ 1 }, new(given.Address, given.UserAgent),
            new()
            {
                ReplayWindow = options.ReplayWindow,
                HealHorizon = options.HealHorizon,
                IdleLifetime = options.IdleLifetime,
                MaxHeals = options.MaxHeals,
                Strict = given.Strict,
                WaitForDisk = given.WaitForDisk,
            });
        (string Verdict, long Answered, TimeSpan EndsIn, bool Changed) answer;
        await using (var reader = await refresh.ExecuteReaderAsync())
        {
            if (!await reader.ReadAsync()) throw new InvalidOperationException("The statement answered no row.");
            answer = (reader.GetString(0), reader.GetInt64(1), reader.GetDateTime(5) - reader.GetDateTime(4), reader.GetBoolean(6));
        }

        await using var look = new NpgsqlCommand(Effect, connection) { Parameters = { new() { Value = token.Session } } };
        await using var row = await look.ExecuteReaderAsync();
        await row.ReadAsync();
        return new(
            answer.Verdict, answer.Answered, answer.EndsIn, answer.Changed, row.GetBoolean(11),
            row.GetInt64(0), Time(row, 1), Time(row, 2), row.GetInt64(3), row.GetInt32(4), row.GetInt64(5), row.GetTimeSpan(6),
            row.GetBoolean(7), row.IsDBNull(8) ? null : row.GetString(8), row.IsDBNull(9) ? null : row.GetFieldValue<IPAddress>(9), row.IsDBNull(10) ? null : row.GetString(10));
    }

    private async Task PrepareAsync(RefreshCase given, SealedToken token)
    {
        // The throwaway server has it off for all.
        await using (var wait = new NpgsqlCommand("SET LOCAL synchronous_commit = on", connection)) await wait.ExecuteNonQueryAsync();
        var user = Guid.NewGuid();
        if (given.User != UserState.Gone)
        {
            await using var person = new NpgsqlCommand("INSERT INTO people (id, closed, stamp) VALUES ($1, $2, $3)", connection);
            person.Parameters.AddWithValue(user);
            person.Parameters.Add(given.User == UserState.Unclear ? Null(NpgsqlDbType.Boolean) : new() { Value = given.User == UserState.Disabled });
            person.Parameters.Add(Text(given.User switch { UserState.OtherStamp => "other", UserState.LostStamp => null, _ => given.Stamped ? "stamp" : null }));
            await person.ExecuteNonQueryAsync();
        }

        await using var row = new NpgsqlCommand(Row, connection);
        object?[] values =
        [
            token.Session, user, token.SecretHash(), Text(given.Stamped ? "stamp" : null), given.Generation, given.Rotated, given.Generation + given.Confirmed, given.Heals,
            given.Generation + given.HealedGeneration, given.Healed, given.IdleLeft, given.AbsoluteLeft, given.Revoked,
            Text(given.StoredUserAgent), Address(given.StoredAddress),
        ];
        foreach (var value in values)
            row.Parameters.Add(value as NpgsqlParameter ?? (value is null ? Null(NpgsqlDbType.Interval) : new NpgsqlParameter { Value = value }));
        await row.ExecuteNonQueryAsync();
    }

    private static NpgsqlParameter Null(NpgsqlDbType type) => new() { NpgsqlDbType = type, Value = DBNull.Value };

    private static NpgsqlParameter Text(string? text) => text is null ? Null(NpgsqlDbType.Text) : new() { Value = text };

    private static NpgsqlParameter Address(IPAddress? address) => address is null ? Null(NpgsqlDbType.Inet) : new() { Value = address };

    private static TimeSpan? Time(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetTimeSpan(column);
}

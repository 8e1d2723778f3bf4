using Npgsql;
using Roadworthy.Sessions.Store;
using Roadworthy.Sessions.Tokens;

namespace Roadworthy.Sessions.Pages;

/// <summary>What the row of a page's session says.</summary>
/// <param name="UserId">Whose it is.</param>
/// <param name="Claims">What the user view says of them, a JSON object; null where it says nothing.</param>
/// <param name="IsRight">Whether the cookie's secret is the session's.</param>
internal sealed record PageRow(string UserId, string? Claims, bool IsRight);

/// <summary>
/// Looks at a page's session: the row and its user in one statement, which also puts the idle end off, every five minutes at most. Nobody waits for
/// whoever holds the row: then the end is put off by the next request.
/// </summary>
internal sealed class PageStatement(NpgsqlDataSource source, SessionsOptions options)
{
    public static readonly TimeSpan SlideEvery = TimeSpan.FromMinutes(5);

    // $1 session, $2 hash, $3 idle lifetime, $4 how long the idle end may stay as it is.
    private readonly string _sql = $"""
        WITH found AS MATERIALIZED (
          SELECT s.id, s.user_id, s.secret_hash = $2 AS is_right, s.idle_until, u.claims
          FROM roadworthy.sessions s JOIN {options.UserView} u ON u.id = s.user_id AND u.disabled IS FALSE AND u.stamp IS NOT DISTINCT FROM s.stamp
          WHERE s.id = $1 AND s.page AND s.revoked_at IS NULL AND now() < least(s.idle_until, s.absolute_until)
        ), due AS (
          SELECT s.id FROM roadworthy.sessions s JOIN found ON found.id = s.id
          WHERE found.is_right AND s.revoked_at IS NULL AND s.idle_until < now() + $3 - $4
          FOR NO KEY UPDATE OF s SKIP LOCKED
        ), slid AS (
          UPDATE roadworthy.sessions AS session SET idle_until = now() + $3, rotated_at = now() FROM due WHERE session.id = due.id)
        SELECT user_id::text, claims::text, is_right FROM found
        """;

    /// <returns>Null where there is no such live session: it was ended, is over, or its user is disabled, gone or of another stamp.</returns>
    public Task<PageRow?> ExecuteAsync(SealedToken cookie, CancellationToken cancellationToken) =>
        Repeat.AsyncOf(cancel => TryAsync(cookie, cancel), cancellationToken);

    private async Task<PageRow?> TryAsync(SealedToken cookie, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(_sql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = cookie.Session });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = cookie.SecretHash() });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = options.IdleLifetime });
        // Where sessions are short, a twentieth of their life.
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = TimeSpan.FromTicks(Math.Min(SlideEvery.Ticks, options.IdleLifetime.Ticks / 20)) });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken)) return null;
        return new(reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1), reader.GetBoolean(2));
    }
}

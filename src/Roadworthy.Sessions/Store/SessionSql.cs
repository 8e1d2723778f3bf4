namespace Roadworthy.Sessions.Store;

/// <summary>The statements besides the refresh, for one view and one type of user id.</summary>
internal sealed class SessionSql(SessionsOptions options)
{
    public const string Channel = "roadworthy_sessions";

    private readonly string _type = TypeName(options.UserIdType);

    /// <summary>$1 session, $2 user, $3 hash, $4 stamp or null, $5 idle, $6 absolute lifetime, $7 User-Agent, $8 address, $9 whether a page's. No row: no such user, disabled, or another stamp.</summary>
    public string SignIn => $"""
        WITH who AS (
          SELECT id, stamp, claims FROM {options.UserView}
          WHERE id = $2::{_type} AND disabled IS FALSE AND ($4 IS NULL OR stamp = $4)
        ), made AS (
          INSERT INTO roadworthy.sessions (id, user_id, secret_hash, stamp, idle_until, absolute_until, user_agent, address, page)
          SELECT $1, id, $3, stamp, now() + $5, now() + $6, $7, $8, $9 FROM who
          -- A repeat after a lost answer finds its own row.
          ON CONFLICT (id) DO UPDATE SET secret_hash = excluded.secret_hash
          RETURNING least(idle_until, absolute_until) AS ends_at)
        SELECT who.claims::text, now(), made.ends_at FROM who, made
        """;

    /// <summary>$1 user. The live ones, the newest first.</summary>
    public string List => $"""
        SELECT s.id, s.created_at, greatest(s.created_at, s.rotated_at), s.user_agent, s.address, least(s.idle_until, s.absolute_until)
        FROM roadworthy.sessions s JOIN {options.UserView} u ON u.id = s.user_id AND u.disabled IS FALSE AND u.stamp IS NOT DISTINCT FROM s.stamp
        WHERE s.user_id = $1::{_type} AND s.revoked_at IS NULL AND now() < least(s.idle_until, s.absolute_until)
        ORDER BY s.created_at DESC, s.id DESC
        """;

    /// <summary>$1 user or null, $2 the session to begin behind or null, $3 rows at most. Ids grow with time: their order is that of the sign-ins.</summary>
    public string ListActive => $"""
        SELECT s.id, s.user_id::text, u.claims::text, s.page, s.created_at, greatest(s.created_at, s.rotated_at), least(s.idle_until, s.absolute_until),
          s.user_agent, s.address, s.generation, s.heals
        FROM roadworthy.sessions s JOIN {options.UserView} u ON u.id = s.user_id AND u.disabled IS FALSE AND u.stamp IS NOT DISTINCT FROM s.stamp
        WHERE ($1 IS NULL OR s.user_id = $1::{_type}) AND ($2::uuid IS NULL OR s.id < $2)
          AND s.revoked_at IS NULL AND now() < least(s.idle_until, s.absolute_until)
        ORDER BY s.id DESC LIMIT $3
        """;

    /// <summary>$1 reason, $2 session.</summary>
    public static string EndAny => End("id = $2");

    /// <summary>$1 reason, $2 user, $3 session.</summary>
    public string EndOne => End($"user_id = $2::{_type} AND id = $3");

    /// <summary>$1 reason, $2 user, $3 the session that stays, or null.</summary>
    public string EndAll => End($"user_id = $2::{_type} AND id IS DISTINCT FROM $3");

    /// <summary>$1 reason, $2 session, $3 hash.</summary>
    public static string EndByToken => End("id = $2 AND secret_hash = $3");

    /// <summary>$1 reason.</summary>
    public static string EndEverything => End("true");

    /// <summary>$1 sessions, $2 generations. Locked in the order of ids, as every statement that takes several.</summary>
    public static string Confirm => """
        WITH seen AS (SELECT * FROM unnest($1::uuid[], $2::bigint[]) AS seen (id, generation)),
        held AS (
          SELECT id FROM roadworthy.sessions WHERE id IN (SELECT id FROM seen)
          ORDER BY id FOR NO KEY UPDATE)
        UPDATE roadworthy.sessions AS session SET confirmed = seen.generation
        FROM seen, held
        WHERE session.id = seen.id AND held.id = seen.id AND session.confirmed < seen.generation
          -- After a roll-back a token from the future must not confirm.
          AND seen.generation <= session.generation
        """;

    /// <summary>$1 how long ago at most. What an instance asks when it begins to listen.</summary>
    public static string EndedSince => "SELECT id FROM roadworthy.sessions WHERE revoked_at > now() - $1";

    /// <summary>$1 session.</summary>
    public static string IsLive => "SELECT revoked_at IS NULL FROM roadworthy.sessions WHERE id = $1";

    /// <summary>$1 how long an ended one is kept, $2 rows at most.</summary>
    public static string Purge => """
        DELETE FROM roadworthy.sessions WHERE id IN (
          SELECT id FROM roadworthy.sessions WHERE absolute_until < now() OR revoked_at < now() - $1
          LIMIT $2 FOR UPDATE SKIP LOCKED)
        """;

    public static string TypeName(UserIdType type) => type switch
    {
        UserIdType.Uuid => "uuid",
        UserIdType.Bigint => "bigint",
        UserIdType.Integer => "integer",
        UserIdType.Text => "text",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "There is no such type of user id."),
    };

    private static string End(string which) => $"""
        WITH held AS (
          SELECT id FROM roadworthy.sessions WHERE {which} AND revoked_at IS NULL
          ORDER BY id FOR NO KEY UPDATE
        ), ended AS (
          UPDATE roadworthy.sessions AS session SET revoked_at = now(), revoked_why = $1
          FROM held WHERE session.id = held.id AND session.revoked_at IS NULL
          RETURNING session.id, session.user_id, session.generation)
        SELECT id, user_id::text, generation, pg_notify('{Channel}', id::text) IS NULL FROM ended
        """;
}

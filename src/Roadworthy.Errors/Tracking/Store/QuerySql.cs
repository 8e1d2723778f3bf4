namespace Roadworthy.Errors.Tracking.Store;

/// <summary>The statements that people's questions come to.</summary>
internal static class QuerySql
{
    private const string Group = """
        SELECT g.id, g.type, g.message, g.culprit, g.route, g.status, g.count, g.first_seen, g.last_seen, g.first_release, g.last_release,
          g.regressed_at, g.resolved_at, g.decided_at, g.decided_by,
          (SELECT array_agg(coalesce(h.count, 0) ORDER BY clock.hour)
           FROM generate_series(date_trunc('hour', now(), 'UTC') - interval '23 hours', date_trunc('hour', now(), 'UTC'), interval '1 hour') AS clock (hour)
           LEFT JOIN roadworthy.error_hours h ON h.group_id = g.id AND h.hour = clock.hour) AS hours
        FROM roadworthy.error_groups g

        """;

    private const string Event = "SELECT e.id, e.at, e.trace_id, e.request_id, e.method, e.route, e.user_id, e.release, e.instance, e.record FROM roadworthy.error_events e\n";

    public const string List = Group + """
        WHERE ($1::text IS NULL OR g.status = $1)
          AND ($2::text IS NULL OR strpos(lower(concat_ws(' ', g.type, g.message, g.culprit, g.route)), lower($2)) > 0)
          AND ($3::timestamptz IS NULL OR (g.last_seen, g.id) < ($3, $4::uuid))
        ORDER BY g.last_seen DESC, g.id DESC
        LIMIT $5
        """;

    public const string Find = Group + "WHERE g.id = $1";

    public const string First = Event + "JOIN roadworthy.error_groups g ON g.first_event = e.id WHERE g.id = $1";

    public const string Latest = Event + "WHERE e.group_id = $1 ORDER BY e.at DESC, e.id DESC LIMIT $2";

    public const string FindByTrace = Group + "WHERE g.id = (SELECT group_id FROM roadworthy.error_events WHERE trace_id = $1 ORDER BY at DESC, id DESC LIMIT 1)";

    public const string Resolve = """
        UPDATE roadworthy.error_groups
        SET status = 'resolved', resolved_at = now(), decided_at = now(), decided_by = $2, resolved_release = CASE WHEN $3 THEN last_release END
        WHERE id = $1
        """;

    public const string SetStatus = "UPDATE roadworthy.error_groups SET status = $3, decided_at = now(), decided_by = $2 WHERE id = $1";
}

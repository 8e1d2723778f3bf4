using System.Reflection;

namespace Roadworthy.Errors.Tracking.Store;

/// <summary>The statements by which errors go into the database, and out of it again.</summary>
internal static class StoreSql
{
    public const string Position = "INSERT INTO roadworthy.error_spools (id, position) VALUES ($1, 0) ON CONFLICT (id) DO UPDATE SET updated_at = now() RETURNING position";

    public const string Forget = "DELETE FROM roadworthy.error_spools WHERE id = $1";

    /// <summary>Waits for a transaction that has the row, and finds it moved: so a batch whose commit was lost is not taken twice.</summary>
    public const string Move = "UPDATE roadworthy.error_spools SET position = $3, updated_at = now() WHERE id = $1 AND position = $2 RETURNING position";

    // Locked in one order, so that two instances can't wait for each other.
    public const string Regress = """
        WITH locked AS MATERIALIZED (
          SELECT id FROM roadworthy.error_groups WHERE id = ANY ($3) OR id = $5 ORDER BY id FOR NO KEY UPDATE
        ), seen AS (
          SELECT print, release, said_at + CASE WHEN abs(extract(epoch FROM now() - $1)) > 2 THEN now() - $1 ELSE interval '0' END AS at
          FROM unnest($3::uuid[], $2::timestamptz[], $4::text[]) AS i (print, said_at, release)
        )
        UPDATE roadworthy.error_groups g SET status = 'open', regressed_at = back.at, regressions = regressions + 1
        FROM (
          SELECT DISTINCT ON (k.id) k.id, s.at, s.release
          FROM locked l
          JOIN roadworthy.error_groups k ON k.id = l.id
          JOIN seen s ON s.print = k.id AND s.at > k.resolved_at AND s.release IS DISTINCT FROM k.resolved_release
          WHERE k.status = 'resolved'
          ORDER BY k.id, s.at) AS back
        WHERE g.id = back.id AND g.status = 'resolved'
        RETURNING g.id, back.release, back.at
        """;

    /// <summary>Of the groups $1 the latest $2 and the first keep their records.</summary>
    public const string DropRecords = """
        UPDATE roadworthy.error_events e SET record = NULL
        FROM (
          SELECT id, group_id, row_number() OVER (PARTITION BY group_id ORDER BY at DESC, id DESC) AS number
          FROM roadworthy.error_events WHERE group_id = ANY ($1) AND record IS NOT NULL) AS kept
        JOIN roadworthy.error_groups g ON g.id = kept.group_id
        WHERE e.id = kept.id AND kept.number > $2 AND kept.id <> g.first_event
        """;

    /// <summary>Of the groups $1 the latest $2 rows and the first stay.</summary>
    public const string TrimEvents = """
        WITH gone AS (
          DELETE FROM roadworthy.error_events e
          USING (
            SELECT id, group_id, row_number() OVER (PARTITION BY group_id ORDER BY at DESC, id DESC) AS number
            FROM roadworthy.error_events WHERE group_id = ANY ($1)) AS old
          JOIN roadworthy.error_groups g ON g.id = old.group_id
          WHERE e.id = old.id AND old.number > $2 AND old.id <> g.first_event
          RETURNING e.group_id
        )
        UPDATE roadworthy.error_groups g SET events = events - lost.count
        FROM (SELECT group_id, count(*)::integer AS count FROM gone GROUP BY group_id) AS lost
        WHERE g.id = lost.group_id
        """;

    public const string PurgeEvents = """
        WITH old AS (
          SELECT e.id FROM roadworthy.error_events e JOIN roadworthy.error_groups g ON g.id = e.group_id
          WHERE e.at < now() - $1 AND e.id <> g.first_event ORDER BY e.at LIMIT $2
        ), gone AS (
          DELETE FROM roadworthy.error_events WHERE id IN (SELECT id FROM old) RETURNING group_id
        ), counted AS (
          UPDATE roadworthy.error_groups g SET events = events - lost.count
          FROM (SELECT group_id, count(*)::integer AS count FROM gone GROUP BY group_id) AS lost
          WHERE g.id = lost.group_id
        )
        SELECT count(*)::integer FROM gone
        """;

    public const string PurgeHours = """
        WITH gone AS (
          DELETE FROM roadworthy.error_hours WHERE ctid IN (SELECT ctid FROM roadworthy.error_hours WHERE hour < now() - $1 LIMIT $2) RETURNING 1
        )
        SELECT count(*)::integer FROM gone
        """;

    public const string PurgeGroups = """
        WITH gone AS (
          DELETE FROM roadworthy.error_groups
          WHERE id IN (SELECT id FROM roadworthy.error_groups WHERE last_seen < now() - $1 LIMIT $2) RETURNING 1
        ), spools AS (
          DELETE FROM roadworthy.error_spools WHERE updated_at < now() - $1
        )
        SELECT count(*)::integer FROM gone
        """;

    public static string Apply { get; } = Read("Apply.sql");

    private static string Read(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}

-- A batch of errors into groups, rows and hours. $1 is the process's clock: one that is far off is set right by the database's.
WITH input AS MATERIALIZED (
  SELECT i.*, i.said_at + CASE WHEN abs(extract(epoch FROM now() - $1)) > 2 THEN now() - $1 ELSE interval '0' END AS at
  FROM unnest($2::uuid[], $3::uuid[], $4::timestamptz[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[])
    AS i (id, print, said_at, type, message, culprit, trace_id, request_id, method, route, user_id, release, instance, record)
), fresh AS (
  SELECT print, row_number() OVER (ORDER BY min(at), print) AS number
  FROM input
  WHERE NOT EXISTS (SELECT FROM roadworthy.error_groups g WHERE g.id = print)
  GROUP BY print
), placed AS MATERIALIZED (
  -- What there is no room for goes into the one group $17.
  SELECT i.*, CASE WHEN f.number > room.free THEN $17 ELSE i.print END AS group_id
  FROM input i
  CROSS JOIN (SELECT $16 - count(*) AS free FROM roadworthy.error_groups WHERE id <> $17) AS room
  LEFT JOIN fresh f USING (print)
), summed AS (
  SELECT group_id, count(*) AS count,
    (array_agg(id ORDER BY at, id))[1] AS first_id,
    (array_agg(id ORDER BY at DESC, id DESC))[1] AS last_id
  FROM placed
  GROUP BY group_id
), groups AS (
  INSERT INTO roadworthy.error_groups AS g (id, type, message, culprit, route, count, events, first_event, first_seen, last_seen, first_release, last_release)
  SELECT s.group_id,
    CASE WHEN s.group_id = $17 THEN 'more groups than MaxGroups' ELSE l.type END,
    l.message,
    CASE WHEN s.group_id = $17 THEN '' ELSE l.culprit END,
    l.method || ' ' || l.route, s.count, s.count, f.id, f.at, l.at, f.release, l.release
  FROM summed s
  JOIN placed f ON f.id = s.first_id
  JOIN placed l ON l.id = s.last_id
  ORDER BY s.group_id
  ON CONFLICT (id) DO UPDATE SET
    count = g.count + excluded.count,
    events = g.events + excluded.events,
    first_seen = least(g.first_seen, excluded.first_seen),
    last_seen = greatest(g.last_seen, excluded.last_seen),
    message = CASE WHEN excluded.last_seen >= g.last_seen THEN excluded.message ELSE g.message END,
    culprit = CASE WHEN excluded.last_seen >= g.last_seen THEN excluded.culprit ELSE g.culprit END,
    route = CASE WHEN excluded.last_seen >= g.last_seen THEN excluded.route ELSE g.route END,
    last_release = CASE WHEN excluded.last_seen >= g.last_seen THEN excluded.last_release ELSE g.last_release END
  RETURNING g.id, g.events
), hours AS (
  INSERT INTO roadworthy.error_hours AS h (group_id, hour, count)
  SELECT group_id, date_trunc('hour', at, 'UTC'), count(*) FROM placed GROUP BY 1, 2 ORDER BY 1, 2
  ON CONFLICT (group_id, hour) DO UPDATE SET count = h.count + excluded.count
), events AS (
  INSERT INTO roadworthy.error_events (id, group_id, at, trace_id, request_id, method, route, user_id, release, instance, record)
  SELECT id, group_id, at, trace_id, request_id, method, route, user_id, release, instance, record FROM placed
  ON CONFLICT (id) DO NOTHING
)
SELECT id, events FROM groups

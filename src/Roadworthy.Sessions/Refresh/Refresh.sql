-- The whole decision: one statement, one round trip, the database's clock alone, READ COMMITTED.
-- $1 session  $2 SHA-256 of the secret  $3 presented generation  $4 replay window  $5 heal horizon  $6 idle lifetime
-- $7 heals at most  $8 strict  $9 User-Agent  $10 address  $11 wait for the disk
WITH held AS MATERIALIZED (
  SELECT id, user_id, secret_hash, stamp, generation, generation - $3 AS behind, confirmed, rotated_at, heals, healed_generation,
    greatest(rotated_at, healed_at) AS answered_at, idle_until, absolute_until, revoked_at, revoked_why,
    user_agent IS DISTINCT FROM $9 OR address IS DISTINCT FROM $10 AS client_changed
  FROM roadworthy.sessions WHERE id = $1
  FOR NO KEY UPDATE
), judged AS MATERIALIZED (
  SELECT held.*, u.claims, CASE
      WHEN held.secret_hash <> $2 THEN 'wrong_secret'
      WHEN held.revoked_at IS NOT NULL THEN 'revoked'
      WHEN u.disabled IS NOT FALSE THEN 'disabled'
      WHEN u.stamp IS DISTINCT FROM held.stamp THEN 'stale'
      WHEN now() >= least(held.idle_until, held.absolute_until) THEN 'expired'
      WHEN held.behind < 0 THEN 'rolled_forward'
      WHEN held.behind <= 1 AND now() < held.answered_at + $4 THEN CASE
        WHEN $8 AND held.client_changed THEN 'mismatched'
        WHEN held.behind = 0 THEN 'fresh'
        ELSE 'replayed' END
      WHEN held.behind = 0 THEN 'rotated'
      WHEN held.behind = 1 AND held.confirmed < held.generation AND now() < held.rotated_at + $5 AND held.heals < $7 THEN 'healed'
      ELSE 'reused' END AS verdict
  FROM held LEFT JOIN {user_view} u ON u.id = held.user_id
), written AS (
  UPDATE roadworthy.sessions AS session SET
    generation = CASE WHEN moves THEN $3 + 1 ELSE session.generation END,
    rotated_at = CASE WHEN moves THEN now() ELSE session.rotated_at END,
    idle_until = CASE WHEN moves THEN now() + $6 ELSE session.idle_until END,
    user_agent = CASE WHEN moves THEN $9 ELSE session.user_agent END,
    address = CASE WHEN moves THEN $10 ELSE session.address END,
    heals = CASE
      WHEN verdict = 'healed' THEN judged.heals + 1
      WHEN verdict = 'rotated' AND judged.confirmed >= judged.generation AND judged.healed_generation < judged.generation THEN 0
      ELSE session.heals END,
    healed_generation = CASE WHEN verdict = 'healed' THEN judged.generation ELSE session.healed_generation END,
    healed_at = CASE WHEN verdict = 'healed' THEN now() ELSE session.healed_at END,
    revoked_at = CASE WHEN verdict = 'reused' THEN now() END,
    revoked_why = CASE WHEN verdict = 'reused' THEN 'reused' END
  FROM judged CROSS JOIN LATERAL (SELECT judged.verdict IN ('rotated', 'rolled_forward') AS moves) AS what
  WHERE session.id = judged.id AND judged.verdict IN ('rotated', 'rolled_forward', 'healed', 'reused')
  RETURNING session.generation, session.idle_until
)
SELECT judged.verdict, coalesce(written.generation, judged.generation), judged.user_id::text, judged.claims::text, now(),
  least(coalesce(written.idle_until, judged.idle_until), judged.absolute_until), judged.client_changed, judged.revoked_why,
  CASE WHEN judged.verdict = 'reused' THEN pg_notify('roadworthy_sessions', judged.id::text) END IS NULL,
  -- A lost rotation is rolled forward by the next refresh; a lost revocation could not be. Who only looked has locked the row, which is logged
  -- too, and would wait for a disk that has nothing of his to keep.
  CASE WHEN judged.verdict NOT IN ('reused', 'rotated', 'rolled_forward', 'healed') OR (judged.verdict <> 'reused' AND NOT $11)
    THEN set_config('synchronous_commit', 'off', true) END
FROM judged LEFT JOIN written ON true

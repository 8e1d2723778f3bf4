-- One row a session: the family of its refresh tokens, the entry in its user's list, and what is revoked.
CREATE TABLE roadworthy.sessions (
  id                uuid PRIMARY KEY,
  user_id           {user_id_type} NOT NULL,
  secret_hash       bytea NOT NULL CHECK (octet_length(secret_hash) = 32),
  stamp             text,
  generation        bigint NOT NULL DEFAULT 1,
  rotated_at        timestamptz NOT NULL DEFAULT '-infinity',
  confirmed         bigint NOT NULL DEFAULT 0,
  heals             integer NOT NULL DEFAULT 0,
  healed_generation bigint NOT NULL DEFAULT 0,
  healed_at         timestamptz NOT NULL DEFAULT '-infinity',
  created_at        timestamptz NOT NULL DEFAULT now(),
  idle_until        timestamptz NOT NULL,
  absolute_until    timestamptz NOT NULL,
  revoked_at        timestamptz,
  revoked_why       text,
  user_agent        text,
  address           inet
-- Room for heap-only updates: a rotation changes no indexed column.
) WITH (fillfactor = 70);
COMMENT ON COLUMN roadworthy.sessions.secret_hash IS 'SHA-256 of the session''s secret; the key that seals refresh tokens is not in the database';
COMMENT ON COLUMN roadworthy.sessions.generation IS 'of the one live refresh token';
COMMENT ON COLUMN roadworthy.sessions.confirmed IS 'the highest generation whose access token was seen in use';
CREATE INDEX sessions_user_id ON roadworthy.sessions (user_id);
CREATE INDEX sessions_absolute_until ON roadworthy.sessions (absolute_until);
CREATE INDEX sessions_revoked_at ON roadworthy.sessions (revoked_at) WHERE revoked_at IS NOT NULL;

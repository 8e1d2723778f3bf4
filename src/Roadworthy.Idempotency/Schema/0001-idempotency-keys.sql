CREATE TABLE roadworthy.idempotency_keys (
  -- SHA-256 of user, method, route and key.
  scope bytea PRIMARY KEY,
  -- SHA-256 of path, query and body.
  request bytea NOT NULL,
  status smallint NOT NULL,
  -- Name, value, name, value.
  headers text[] NOT NULL,
  body bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL);
CREATE INDEX ON roadworthy.idempotency_keys (expires_at);

-- The keys of access tokens, sealed with a key that only the configuration's root key can derive.
CREATE TABLE roadworthy.signing_keys (
  id         text PRIMARY KEY,
  created_at timestamptz NOT NULL,
  signs_from timestamptz NOT NULL,
  sealed     bytea NOT NULL
);

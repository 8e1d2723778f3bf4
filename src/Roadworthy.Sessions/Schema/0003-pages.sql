-- Sessions of browsers that signed in on a page: their cookie names the row, and they have no refresh token.
ALTER TABLE roadworthy.sessions ADD COLUMN page boolean NOT NULL DEFAULT false;

-- ASP.NET Core's Data Protection ring. The keys in it are sealed with a key that only the configuration's root key can derive.
CREATE TABLE roadworthy.data_protection_keys (
  name       text PRIMARY KEY,
  element    text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

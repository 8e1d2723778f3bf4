DROP INDEX users_email_idx;
CREATE UNIQUE INDEX users_email_key ON users (email);

CREATE INDEX order_items_order_id_idx ON order_items (order_id);
CREATE INDEX order_items_product_id_idx ON order_items (product_id);

-- From here on the column token holds a hash. What was issued before is signed out.
DELETE FROM refresh_tokens;
ALTER TABLE refresh_tokens
  ADD COLUMN family uuid NOT NULL,
  ADD COLUMN rotated_at timestamptz;
CREATE INDEX refresh_tokens_family_idx ON refresh_tokens (family);

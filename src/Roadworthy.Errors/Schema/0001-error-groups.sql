-- Errors by their fingerprint. The moments are the database's.
CREATE TABLE roadworthy.error_groups (
  id                uuid PRIMARY KEY,
  type              text NOT NULL,
  message           text NOT NULL,
  culprit           text NOT NULL,
  route             text,
  status            text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'resolved', 'ignored')),
  count             bigint NOT NULL,
  events            integer NOT NULL,
  first_event       uuid NOT NULL,
  first_seen        timestamptz NOT NULL,
  last_seen         timestamptz NOT NULL,
  first_release     text NOT NULL,
  last_release      text NOT NULL,
  regressions       integer NOT NULL DEFAULT 0,
  regressed_at      timestamptz,
  resolved_at       timestamptz,
  resolved_release  text,
  decided_at        timestamptz,
  decided_by        text
) WITH (fillfactor = 70);
COMMENT ON COLUMN roadworthy.error_groups.id IS 'the fingerprint';
COMMENT ON COLUMN roadworthy.error_groups.events IS 'how many rows error_events has of it';
COMMENT ON COLUMN roadworthy.error_groups.decided_by IS 'who resolved, ignored or reopened it last';
COMMENT ON COLUMN roadworthy.error_groups.resolved_release IS 'resolved in the next release: this one may still have it; null: from resolved_at on';
CREATE INDEX error_groups_last_seen ON roadworthy.error_groups (last_seen DESC, id DESC);

-- One row an occurrence; the record only of the first and the latest of a group.
CREATE TABLE roadworthy.error_events (
  id         uuid PRIMARY KEY,
  group_id   uuid NOT NULL REFERENCES roadworthy.error_groups ON DELETE CASCADE,
  at         timestamptz NOT NULL,
  trace_id   text,
  request_id text,
  method     text,
  route      text,
  user_id    text,
  release    text NOT NULL,
  instance   text NOT NULL,
  record     text
);
CREATE INDEX error_events_group_id ON roadworthy.error_events (group_id, at DESC, id DESC);
CREATE INDEX error_events_record ON roadworthy.error_events (group_id, at DESC, id DESC) WHERE record IS NOT NULL;
CREATE INDEX error_events_trace_id ON roadworthy.error_events (trace_id);
CREATE INDEX error_events_at ON roadworthy.error_events (at);

CREATE TABLE roadworthy.error_hours (
  group_id uuid NOT NULL REFERENCES roadworthy.error_groups ON DELETE CASCADE,
  hour     timestamptz NOT NULL,
  count    bigint NOT NULL,
  PRIMARY KEY (group_id, hour)
);
CREATE INDEX error_hours_hour ON roadworthy.error_hours (hour);

-- How far each process's queue has been taken: in the transaction that takes it, so that nothing is counted twice.
CREATE TABLE roadworthy.error_spools (
  id         uuid PRIMARY KEY,
  position   bigint NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now()
);

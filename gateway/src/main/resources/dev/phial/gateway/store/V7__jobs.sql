-- Long work on keys and tokens, done by one gateway at a time (docs/adr/0018).
CREATE TABLE job (
  id           TEXT    NOT NULL PRIMARY KEY,
  kind         TEXT    NOT NULL,
  -- whose keys or tokens; empty for all
  tenant       TEXT    NOT NULL,
  -- items in a second, at most
  rate         INTEGER NOT NULL CHECK (rate >= 1),
  state        TEXT    NOT NULL CHECK (state IN ('RUNNING', 'SUCCEEDED', 'INCOMPLETE', 'CANCELLED')),
  started_by   TEXT    NOT NULL,
  cancelled_by TEXT    NOT NULL DEFAULT '',
  created_ms   INTEGER NOT NULL,
  finished_ms  INTEGER,
  -- what has been looked at: up to this place, in the kind's own order
  place        TEXT    NOT NULL DEFAULT '',
  total        INTEGER NOT NULL CHECK (total >= 0),
  changed      INTEGER NOT NULL DEFAULT 0,
  unchanged    INTEGER NOT NULL DEFAULT 0,
  failed       INTEGER NOT NULL DEFAULT 0 CHECK (failed >= 0),
  -- who works on it, until when, and for the how manieth time somebody took it: whoever has another number writes nothing
  holder       TEXT    NOT NULL DEFAULT '',
  epoch        INTEGER NOT NULL DEFAULT 0,
  lease_ms     INTEGER NOT NULL DEFAULT 0,
  -- since when, and with how many items done before, for the speed
  since_ms     INTEGER NOT NULL DEFAULT 0,
  base         INTEGER NOT NULL DEFAULT 0,
  updated_ms   INTEGER NOT NULL,
  -- gateways that have worked on it, with commas
  gateways     TEXT    NOT NULL DEFAULT '',
  report       TEXT    NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

CREATE INDEX job_open ON job (created_ms) WHERE state = 'RUNNING';

-- What became of each tenant's items.
CREATE TABLE job_result (
  job       TEXT    NOT NULL REFERENCES job (id),
  tenant    TEXT    NOT NULL,
  changed   INTEGER NOT NULL,
  unchanged INTEGER NOT NULL,
  failed    INTEGER NOT NULL CHECK (failed >= 0),
  PRIMARY KEY (job, tenant)
) STRICT, WITHOUT ROWID;

-- Items that failed, until they succeed.
CREATE TABLE job_failure (
  job      TEXT    NOT NULL REFERENCES job (id),
  place    TEXT    NOT NULL,
  tenant   TEXT    NOT NULL,
  item     TEXT    NOT NULL,
  reason   TEXT    NOT NULL,
  attempts INTEGER NOT NULL CHECK (attempts >= 1),
  PRIMARY KEY (job, place)
) STRICT, WITHOUT ROWID;

-- What one administrator has proposed and another one may approve (docs/format.md). A row stays when it is decided.
CREATE TABLE proposal (
  id             TEXT    NOT NULL PRIMARY KEY,
  -- exactly what would be done; begins with its format's version
  description    TEXT    NOT NULL,
  created_ms     INTEGER NOT NULL,
  expires_ms     INTEGER NOT NULL,
  state          TEXT    NOT NULL CHECK (state IN ('PENDING', 'APPROVED', 'DONE', 'FAILED', 'WITHDRAWN')),
  decider        TEXT,
  decider_issuer TEXT,
  decided_ms     INTEGER,
  CHECK ((state = 'PENDING') = (decided_ms IS NULL)),
  CHECK ((decided_ms IS NULL) = (decider IS NULL) AND (decider IS NULL) = (decider_issuer IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX proposal_by_time ON proposal (created_ms);

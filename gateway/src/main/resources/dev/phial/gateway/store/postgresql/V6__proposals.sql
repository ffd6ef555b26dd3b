-- What one administrator has proposed and another one may approve (docs/format.md). A row stays when it is decided.
CREATE TABLE proposal (
  id             text    COLLATE "C" NOT NULL PRIMARY KEY,
  -- exactly what would be done; begins with its format's version
  description    text    COLLATE "C" NOT NULL,
  created_ms     bigint  NOT NULL,
  expires_ms     bigint  NOT NULL,
  state          text    COLLATE "C" NOT NULL CHECK (state IN ('PENDING', 'APPROVED', 'DONE', 'FAILED', 'WITHDRAWN')),
  decider        text    COLLATE "C",
  decider_issuer text    COLLATE "C",
  decided_ms     bigint,
  CHECK ((state = 'PENDING') = (decided_ms IS NULL)),
  CHECK ((decided_ms IS NULL) = (decider IS NULL) AND (decider IS NULL) = (decider_issuer IS NULL))
);

CREATE INDEX proposal_by_time ON proposal (created_ms);

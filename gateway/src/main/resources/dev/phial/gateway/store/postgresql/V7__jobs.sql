-- Long work on keys and tokens, done by one gateway at a time (docs/adr/0018).
CREATE TABLE job (
  id           text    COLLATE "C" NOT NULL PRIMARY KEY,
  kind         text    COLLATE "C" NOT NULL,
  -- whose keys or tokens; empty for all
  tenant       text    COLLATE "C" NOT NULL,
  -- items in a second, at most
  rate         integer NOT NULL CHECK (rate >= 1),
  state        text    COLLATE "C" NOT NULL CHECK (state IN ('RUNNING', 'SUCCEEDED', 'INCOMPLETE', 'CANCELLED')),
  started_by   text    COLLATE "C" NOT NULL,
  cancelled_by text    COLLATE "C" NOT NULL DEFAULT '',
  created_ms   bigint  NOT NULL,
  finished_ms  bigint ,
  -- what has been looked at: up to this place, in the kind's own order
  place        text    COLLATE "C" NOT NULL DEFAULT '',
  total        bigint  NOT NULL CHECK (total >= 0),
  changed      bigint  NOT NULL DEFAULT 0,
  unchanged    bigint  NOT NULL DEFAULT 0,
  failed       bigint  NOT NULL DEFAULT 0 CHECK (failed >= 0),
  -- who works on it, until when, and for the how manieth time somebody took it: whoever has another number writes nothing
  holder       text    COLLATE "C" NOT NULL DEFAULT '',
  epoch        bigint  NOT NULL DEFAULT 0,
  lease_ms     bigint  NOT NULL DEFAULT 0,
  -- since when, and with how many items done before, for the speed
  since_ms     bigint  NOT NULL DEFAULT 0,
  base         bigint  NOT NULL DEFAULT 0,
  updated_ms   bigint  NOT NULL,
  -- gateways that have worked on it, with commas
  gateways     text    COLLATE "C" NOT NULL DEFAULT '',
  report       text    COLLATE "C" NOT NULL DEFAULT ''
);

CREATE INDEX job_open ON job (created_ms) WHERE state = 'RUNNING';

-- What became of each tenant's items.
CREATE TABLE job_result (
  job       text    COLLATE "C" NOT NULL REFERENCES job (id),
  tenant    text    COLLATE "C" NOT NULL,
  changed   bigint  NOT NULL,
  unchanged bigint  NOT NULL,
  failed    bigint  NOT NULL CHECK (failed >= 0),
  PRIMARY KEY (job, tenant)
);

-- Items that failed, until they succeed.
CREATE TABLE job_failure (
  job      text    COLLATE "C" NOT NULL REFERENCES job (id),
  place    text    COLLATE "C" NOT NULL,
  tenant   text    COLLATE "C" NOT NULL,
  item     text    COLLATE "C" NOT NULL,
  reason   text    COLLATE "C" NOT NULL,
  attempts integer NOT NULL CHECK (attempts >= 1),
  PRIMARY KEY (job, place)
);

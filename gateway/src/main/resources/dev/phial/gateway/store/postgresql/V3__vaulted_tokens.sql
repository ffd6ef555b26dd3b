-- Vaulted tokens (docs/format.md). A deleted token keeps its row, so that it is never given to another value.
CREATE TABLE vaulted_token (
  tenant      text    COLLATE "C" NOT NULL,
  element     text    COLLATE "C" NOT NULL,
  token       text    COLLATE "C" NOT NULL,
  -- how digest and seal are made
  scheme      integer NOT NULL CHECK (scheme >= 1),
  -- finds the token of a value again; nothing when each use has a token of its own
  digest      text    COLLATE "C",
  sealed      text    COLLATE "C" NOT NULL,
  key_version integer NOT NULL CHECK (key_version >= 1),
  state       text    COLLATE "C" NOT NULL CHECK (state IN ('ENABLED', 'DISABLED', 'DELETED')),
  created_ms  bigint  NOT NULL,
  expires_ms  bigint,
  PRIMARY KEY (tenant, element, token),
  UNIQUE (tenant, element, digest),
  CHECK (state <> 'DELETED' OR (sealed = '' AND digest IS NULL))
);

CREATE INDEX vaulted_token_by_key ON vaulted_token (tenant, key_version) WHERE state <> 'DELETED';
CREATE INDEX vaulted_token_by_end ON vaulted_token (expires_ms) WHERE state <> 'DELETED' AND expires_ms IS NOT NULL;

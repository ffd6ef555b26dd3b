-- Vaulted tokens (docs/format.md). A deleted token keeps its row, so that it is never given to another value.
CREATE TABLE vaulted_token (
  tenant      TEXT    NOT NULL,
  element     TEXT    NOT NULL,
  token       TEXT    NOT NULL,
  -- how digest and seal are made
  scheme      INTEGER NOT NULL CHECK (scheme >= 1),
  -- finds the token of a value again; nothing when each use has a token of its own
  digest      TEXT,
  sealed      TEXT    NOT NULL,
  key_version INTEGER NOT NULL CHECK (key_version >= 1),
  state       TEXT    NOT NULL CHECK (state IN ('ENABLED', 'DISABLED', 'DELETED')),
  created_ms  INTEGER NOT NULL,
  expires_ms  INTEGER,
  PRIMARY KEY (tenant, element, token),
  UNIQUE (tenant, element, digest),
  CHECK (state <> 'DELETED' OR (sealed = '' AND digest IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX vaulted_token_by_key ON vaulted_token (tenant, key_version) WHERE state <> 'DELETED';
CREATE INDEX vaulted_token_by_end ON vaulted_token (expires_ms) WHERE state <> 'DELETED' AND expires_ms IS NOT NULL;

-- Keysets: one for each tenant and purpose. The id is in every envelope and never changes.
CREATE TABLE keyset (
  id       INTEGER NOT NULL PRIMARY KEY,
  tenant   TEXT    NOT NULL CHECK (length(tenant) > 0),
  purpose  TEXT    NOT NULL CHECK (purpose IN ('ENCRYPT', 'TOKENIZE', 'INDEX')),
  revision INTEGER NOT NULL CHECK (revision >= 1),
  -- not a foreign key of its own: it would be circular, and both rows change in one transaction
  "primary" INTEGER NOT NULL CHECK ("primary" >= 1),
  UNIQUE (tenant, purpose)
) STRICT;

-- Versions of a keyset. A destroyed version keeps its row, so that its number is never given again, and loses its bytes.
CREATE TABLE key_version (
  keyset      INTEGER NOT NULL REFERENCES keyset (id),
  version     INTEGER NOT NULL CHECK (version >= 1),
  state       TEXT    NOT NULL CHECK (state IN ('ENABLED', 'DISABLED', 'DESTROYED')),
  created_ms  INTEGER NOT NULL,
  kek         TEXT    NOT NULL,
  kek_version TEXT    NOT NULL,
  wrapped     BLOB    NOT NULL,
  check_value TEXT    NOT NULL,
  PRIMARY KEY (keyset, version),
  CHECK (state <> 'DESTROYED' OR length(wrapped) = 0)
) STRICT, WITHOUT ROWID;

-- The key version that an element's tokens are made with, until a retokenize job moves it.
CREATE TABLE pin (
  tenant     TEXT    NOT NULL,
  element    TEXT    NOT NULL,
  version    INTEGER NOT NULL CHECK (version >= 1),
  created_ms INTEGER NOT NULL,
  PRIMARY KEY (tenant, element)
) STRICT, WITHOUT ROWID;

-- Which gateways use the store, and how many changes of keysets each has taken over (decision record 0018).
CREATE TABLE replica (
  id       TEXT    NOT NULL PRIMARY KEY,
  heard_ms INTEGER NOT NULL,
  seen     INTEGER NOT NULL CHECK (seen >= 0),
  -- ids of keysets, 16 hex digits each, that it could not take over
  behind   TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

-- One row: how many changes of keysets there have been. Counted in the transaction of each change.
CREATE TABLE key_changes (
  number INTEGER NOT NULL CHECK (number >= 0)
) STRICT;
INSERT INTO key_changes (number) VALUES (0);

-- Versions below the minimum open nothing.
ALTER TABLE keyset ADD COLUMN minimum INTEGER NOT NULL DEFAULT 1 CHECK (minimum >= 1 AND minimum <= "primary");

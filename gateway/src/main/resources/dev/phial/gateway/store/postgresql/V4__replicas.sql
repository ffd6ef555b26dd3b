-- Which gateways use the store, and how many changes of keysets each has taken over (decision record 0018).
CREATE TABLE replica (
  id       text   COLLATE "C" NOT NULL PRIMARY KEY,
  heard_ms bigint NOT NULL,
  seen     bigint NOT NULL CHECK (seen >= 0),
  -- ids of keysets, 16 hex digits each, that it could not take over
  behind   text   COLLATE "C" NOT NULL
);

-- One row: how many changes of keysets there have been. Counted in the transaction of each change.
CREATE TABLE key_changes (
  number bigint NOT NULL CHECK (number >= 0)
);
INSERT INTO key_changes (number) VALUES (0);

-- Versions below the minimum open nothing.
ALTER TABLE keyset ADD COLUMN minimum integer NOT NULL DEFAULT 1 CHECK (minimum >= 1 AND minimum <= "primary");

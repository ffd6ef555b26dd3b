-- A pin can be moved to another version. While it is: target is where to; else target = version.
ALTER TABLE pin
  ADD COLUMN phase    text    COLLATE "C" NOT NULL DEFAULT 'SETTLED' CHECK (phase IN ('SETTLED', 'MOVING', 'HELD')),
  ADD COLUMN target   integer NOT NULL DEFAULT 1 CHECK (target >= 1),
  ADD COLUMN revision bigint  NOT NULL DEFAULT 1 CHECK (revision >= 1);
UPDATE pin SET target = version;

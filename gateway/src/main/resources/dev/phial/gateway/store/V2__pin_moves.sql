-- A pin can be moved to another version. While it is: `target` is where to; else target = version.
ALTER TABLE pin ADD COLUMN phase    TEXT    NOT NULL DEFAULT 'SETTLED' CHECK (phase IN ('SETTLED', 'MOVING', 'HELD'));
ALTER TABLE pin ADD COLUMN target   INTEGER NOT NULL DEFAULT 1 CHECK (target >= 1);
ALTER TABLE pin ADD COLUMN revision INTEGER NOT NULL DEFAULT 1 CHECK (revision >= 1);
UPDATE pin SET target = version;

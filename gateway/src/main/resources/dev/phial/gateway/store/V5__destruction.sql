-- How the life of a key version ends: when it is to be destroyed, who asked and who agreed, under which request of the audit
-- log, and since when its bytes are gone. All empty for a version that nobody wants destroyed.
ALTER TABLE key_version ADD COLUMN destroy_ms       INTEGER CHECK (destroy_ms IS NULL OR state <> 'ENABLED');
ALTER TABLE key_version ADD COLUMN destroy_by       TEXT;
ALTER TABLE key_version ADD COLUMN destroy_approved TEXT;
ALTER TABLE key_version ADD COLUMN destroy_request  TEXT;
ALTER TABLE key_version ADD COLUMN destroyed_ms     INTEGER CHECK (destroyed_ms IS NULL OR state = 'DESTROYED');

CREATE INDEX key_version_by_end ON key_version (destroy_ms) WHERE destroy_ms IS NOT NULL AND destroyed_ms IS NULL;

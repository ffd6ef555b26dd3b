-- How the life of a key version ends: when it is to be destroyed, who asked and who agreed, under which request of the audit
-- log, and since when its bytes are gone. All empty for a version that nobody wants destroyed.
ALTER TABLE key_version
  ADD COLUMN destroy_ms       bigint CHECK (destroy_ms IS NULL OR state <> 'ENABLED'),
  ADD COLUMN destroy_by       text   COLLATE "C",
  ADD COLUMN destroy_approved text   COLLATE "C",
  ADD COLUMN destroy_request  text   COLLATE "C",
  ADD COLUMN destroyed_ms     bigint CHECK (destroyed_ms IS NULL OR state = 'DESTROYED');

CREATE INDEX key_version_by_end ON key_version (destroy_ms) WHERE destroy_ms IS NOT NULL AND destroyed_ms IS NULL;

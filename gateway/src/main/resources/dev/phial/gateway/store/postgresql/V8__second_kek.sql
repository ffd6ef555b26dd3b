-- A data key may be wrapped under a second KEK (decision record 0020): the same key again, which opens without the first. All three
-- are empty or none is; a destroyed version has lost both forms.
ALTER TABLE key_version
  ADD COLUMN second_kek         text  COLLATE "C",
  ADD COLUMN second_kek_version text  COLLATE "C" CHECK ((second_kek_version IS NULL) = (second_kek IS NULL)),
  ADD COLUMN second_wrapped     bytea
    CHECK ((second_wrapped IS NULL) = (second_kek IS NULL) AND (second_wrapped IS NULL OR state <> 'DESTROYED'));

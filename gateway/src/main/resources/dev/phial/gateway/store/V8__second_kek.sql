-- A data key may be wrapped under a second KEK (decision record 0020): the same key again, which opens without the first. All three
-- are empty or none is; a destroyed version has lost both forms.
ALTER TABLE key_version ADD COLUMN second_kek         TEXT;
ALTER TABLE key_version ADD COLUMN second_kek_version TEXT CHECK ((second_kek_version IS NULL) = (second_kek IS NULL));
ALTER TABLE key_version ADD COLUMN second_wrapped     BLOB
  CHECK ((second_wrapped IS NULL) = (second_kek IS NULL) AND (second_wrapped IS NULL OR state <> 'DESTROYED'));

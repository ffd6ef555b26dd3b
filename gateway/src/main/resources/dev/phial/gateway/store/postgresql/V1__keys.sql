-- Keysets: one for each tenant and purpose. The id is in every envelope and never changes.
-- Names are compared byte by byte, whatever the database's locale.
CREATE TABLE keyset (
  id       bigint NOT NULL PRIMARY KEY,
  tenant   text   COLLATE "C" NOT NULL CHECK (length(tenant) > 0),
  purpose  text   COLLATE "C" NOT NULL CHECK (purpose IN ('ENCRYPT', 'TOKENIZE', 'INDEX')),
  revision bigint NOT NULL CHECK (revision >= 1),
  -- not a foreign key of its own: it would be circular, and both rows change in one transaction
  "primary" integer NOT NULL CHECK ("primary" >= 1),
  UNIQUE (tenant, purpose)
);

-- Versions of a keyset. A destroyed version keeps its row, so that its number is never given again, and loses its bytes.
CREATE TABLE key_version (
  keyset      bigint  NOT NULL REFERENCES keyset (id),
  version     integer NOT NULL CHECK (version >= 1),
  state       text    COLLATE "C" NOT NULL CHECK (state IN ('ENABLED', 'DISABLED', 'DESTROYED')),
  created_ms  bigint  NOT NULL,
  kek         text    COLLATE "C" NOT NULL,
  kek_version text    COLLATE "C" NOT NULL,
  wrapped     bytea   NOT NULL,
  check_value text    COLLATE "C" NOT NULL,
  PRIMARY KEY (keyset, version),
  CHECK (state <> 'DESTROYED' OR length(wrapped) = 0)
);

-- The key version that an element's tokens are made with, until a retokenize job moves it.
CREATE TABLE pin (
  tenant     text    COLLATE "C" NOT NULL,
  element    text    COLLATE "C" NOT NULL,
  version    integer NOT NULL CHECK (version >= 1),
  created_ms bigint  NOT NULL,
  PRIMARY KEY (tenant, element)
);

-- Every gateway listens; several changes of one transaction are told once.
CREATE FUNCTION phial_keys_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('phial_keys', '');
  RETURN NULL;
END $$;

CREATE TRIGGER keyset_changed AFTER INSERT OR UPDATE OR DELETE ON keyset
  FOR EACH STATEMENT EXECUTE FUNCTION phial_keys_changed();

CREATE TRIGGER pin_changed AFTER INSERT OR UPDATE OR DELETE ON pin
  FOR EACH STATEMENT EXECUTE FUNCTION phial_keys_changed();

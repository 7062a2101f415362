-- Imports of the national files: what was given, what would change, what did.

CREATE TABLE import (
    school_id  bigint NOT NULL REFERENCES school,
    id         bigint GENERATED ALWAYS AS IDENTITY,
    state      text   NOT NULL
               CHECK (state IN ('previewed', 'committed', 'abandoned')),
    author_id  bigint NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    committed_at timestamptz,
    stamps     jsonb  NOT NULL,    -- kind -> HORODATAGE of each file
    files      jsonb  NOT NULL,    -- kind, name, size, sha256
    preview    text   NOT NULL,    -- JSON shown to the administrator
    -- The files themselves, until the commit: what is applied is what was
    -- analysed, not what a browser says was analysed.
    staff bytea, learners bytea, guardians bytea, labels bytea,
    confirmed  text[] NOT NULL DEFAULT '{}', -- warnings passed knowingly
    people_at  bigint NOT NULL,    -- last journal id of people when analysed
    revision   integer NOT NULL DEFAULT 1,
    PRIMARY KEY (school_id, id)
);
CALL acquis.guard('import', 'SELECT, INSERT, UPDATE');

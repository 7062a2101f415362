-- Imports of the national files: what was given, what would change, what did.

CREATE TABLE import (
    school_id  bigint NOT NULL REFERENCES school,
    id         bigint GENERATED ALWAYS AS IDENTITY,
    state      text   NOT NULL
               CHECK (state IN ('previewed', 'committed', 'abandoned')),
    author_id  bigint NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    committed_at timestamptz,      -- NULL: not applied
    day        date   NOT NULL,    -- who is here and who has left, that day
    stamps     jsonb  NOT NULL,    -- kind -> HORODATAGE of each file
    files      jsonb  NOT NULL,    -- kind, name, size, sha256, stamp
    -- What the administrator is shown (api/import_preview.h): the preview,
    -- then the report.  json, not jsonb: as written, and in its order.
    preview    json   NOT NULL,
    lines      json   NOT NULL,
    anomalies  json   NOT NULL,
    -- The files themselves, until the commit: what is applied is what was
    -- analysed, not what a browser says was analysed.
    staff bytea, learners bytea, guardians bytea, labels bytea,
    confirmed  text[] NOT NULL DEFAULT '{}', -- warnings passed knowingly
    people     bytea  NOT NULL,    -- SHA-256 of the people when analysed
    revision   integer NOT NULL DEFAULT 1,
    PRIMARY KEY (school_id, id),
    CONSTRAINT import_commit_is_dated
        CHECK ((state = 'committed') = (committed_at IS NOT NULL)),
    CONSTRAINT import_keeps_no_file CHECK (state = 'previewed'
        OR coalesce(staff, learners, guardians, labels) IS NULL)
);
-- A new preview abandons the one before.
CREATE UNIQUE INDEX import_preview_is_one ON import (school_id)
    WHERE state = 'previewed';
CALL acquis.guard('import', 'SELECT, INSERT, UPDATE');

-- Which diploma and year a national training code (MEF) is for: nothing in
-- the files says it but labels, so the administrator does, once.
CREATE TABLE mef (
    school_id    bigint NOT NULL REFERENCES school,
    mef          text   NOT NULL,
    label        text,             -- NULL: no file names it
    framework_id text,             -- NULL: nobody has said yet
    class_level  text,
    PRIMARY KEY (school_id, mef)
);
CALL acquis.guard('mef', 'SELECT, INSERT, UPDATE');

-- An import numbers the people it creates itself, so that one statement
-- writes them and the others know who is who.
GRANT USAGE ON SEQUENCE person_id_seq TO acquis_api;

-- Who has left has no session any more.  Only for an administrator, who
-- imports, and for the owner.
CREATE FUNCTION acquis.sessions_end(people bigint[]) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
    DELETE FROM session s
     WHERE s.school_id = acquis.school() AND s.person_id = ANY (people)
       AND acquis.roles() & 1 <> 0
$$;
REVOKE ALL ON FUNCTION acquis.sessions_end FROM PUBLIC;
GRANT EXECUTE ON FUNCTION acquis.sessions_end TO acquis_api;

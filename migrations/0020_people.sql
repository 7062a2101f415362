-- People made and changed by hand, and who receives a learner in a company.

-- Somebody who edits a person says which state was read.
ALTER TABLE person ADD COLUMN revision integer NOT NULL DEFAULT 1;

CREATE FUNCTION acquis.person_revised() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    NEW.revision := OLD.revision + 1;
    RETURN NEW;
END
$$;
CREATE TRIGGER person_is_revised BEFORE UPDATE ON person
    FOR EACH ROW EXECUTE FUNCTION acquis.person_revised();

-- What was added by hand stays when a file that does not know it is imported.
ALTER TABLE teaching
    ADD COLUMN source text NOT NULL DEFAULT 'import'
        CHECK (source IN ('import', 'manual'));
ALTER TABLE guardianship
    ADD COLUMN source text NOT NULL DEFAULT 'import'
        CHECK (source IN ('import', 'manual'));

-- A tutor of a learner under school status, a master of an apprentice: one at
-- a time (M-053, M-054).  Another one ends the row, never removes it.
CREATE TABLE supervision (
    school_id     bigint NOT NULL,
    id            bigint GENERATED ALWAYS AS IDENTITY,
    learner_id    bigint NOT NULL,
    supervisor_id bigint NOT NULL,
    kind          text   NOT NULL CHECK (kind IN ('tutor', 'master')),
    since         date   NOT NULL DEFAULT current_date,
    ended_on      date,            -- NULL: not ended
    PRIMARY KEY (school_id, id),
    FOREIGN KEY (school_id, learner_id) REFERENCES person,
    FOREIGN KEY (school_id, supervisor_id) REFERENCES person
);
CREATE UNIQUE INDEX supervision_is_one ON supervision (school_id, learner_id)
    WHERE ended_on IS NULL;
CREATE INDEX supervision_supervisor ON supervision (school_id, supervisor_id)
    WHERE ended_on IS NULL;
CALL acquis.guard('supervision', 'SELECT, INSERT, UPDATE');

-- Whose account the caller may make, change, reset or hide: an administrator
-- everybody's of the school, a DDFPT those who teach, learn or receive
-- learners in a company, a teacher the tutors of learners taught.
CREATE OR REPLACE FUNCTION acquis.manages(person bigint) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
DECLARE
    allowed text[] := CASE
        WHEN acquis.roles() & 1 <> 0 THEN NULL
        WHEN acquis.roles() & 2 <> 0
            THEN ARRAY['teacher', 'learner', 'tutor', 'master']
        ELSE ARRAY['tutor'] END;
BEGIN
    IF acquis.roles() & 11 = 0
       OR NOT EXISTS (SELECT FROM person p
                       WHERE p.school_id = acquis.school()
                         AND p.id = manages.person) THEN
        RETURN false;
    END IF;
    IF allowed IS NOT NULL
       AND EXISTS (SELECT FROM person_role r
                    WHERE r.school_id = acquis.school()
                      AND r.person_id = manages.person
                      AND r.role <> ALL (allowed)) THEN
        RETURN false;
    END IF;
    RETURN acquis.roles() & 3 <> 0
        OR EXISTS (SELECT FROM supervision s
                    WHERE s.school_id = acquis.school()
                      AND s.supervisor_id = manages.person
                      AND s.ended_on IS NULL AND s.kind = 'tutor'
                      AND acquis.teaches_learner(s.learner_id));
END
$$;

-- Who is hidden, or has other roles now, has no session any more.
CREATE OR REPLACE FUNCTION acquis.sessions_end(people bigint[]) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
    DELETE FROM session s
     WHERE s.school_id = acquis.school() AND s.person_id = ANY (people)
       AND (acquis.roles() & 1 <> 0 OR acquis.manages(s.person_id))
$$;

-- A school is never left without an administrator.  Its row is taken first,
-- so that of two who hide each other one finds the other gone.
CREATE FUNCTION acquis.administrator_there(school bigint) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM school o WHERE o.school_id = school FOR NO KEY UPDATE;
    IF NOT EXISTS (SELECT FROM person_role r
                     JOIN person p ON p.school_id = r.school_id
                                  AND p.id = r.person_id AND p.active
                    WHERE r.school_id = school
                      AND r.role = 'administrator') THEN
        RAISE EXCEPTION 'the last administrator' USING ERRCODE = 'AQADM';
    END IF;
END
$$;

CREATE FUNCTION acquis.keep_administrator() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM acquis.administrator_there(OLD.school_id);
    RETURN NULL;
END
$$;

-- Of the people an import hides few are administrators: the others cost no
-- lock.
CREATE FUNCTION acquis.administrator_left() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM person_role r
                WHERE r.school_id = OLD.school_id AND r.person_id = OLD.id
                  AND r.role = 'administrator') THEN
        PERFORM acquis.administrator_there(OLD.school_id);
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER person_role_keeps_administrator AFTER DELETE ON person_role
    FOR EACH ROW WHEN (OLD.role = 'administrator')
    EXECUTE FUNCTION acquis.keep_administrator();
CREATE TRIGGER person_keeps_administrator AFTER UPDATE OF active ON person
    FOR EACH ROW WHEN (OLD.active AND NOT NEW.active)
    EXECUTE FUNCTION acquis.administrator_left();

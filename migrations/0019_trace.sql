-- Traces: who read whose file, who took data out, unlocked, changed a right,
-- signed in (reliability.md P10).
--
-- The journal says what changed, for ever.  A trace says who was there, and
-- goes when its time is over (reliability.md 8): so it has its own table, to
-- which the role of the API adds and from which it takes nothing away.

CREATE TABLE trace (
    school_id  bigint NOT NULL REFERENCES school,
    id         bigint GENERATED ALWAYS AS IDENTITY,
    at         timestamptz NOT NULL DEFAULT now(),
    kind       text   NOT NULL CHECK (kind IN ('account', 'pedagogy')),
    act        text   NOT NULL,    -- read, export, call, or as in the journal
    person_id  bigint,             -- NULL: nobody signed in, or a partner
    access_id  bigint,             -- of a partner; NULL: a person
    page       text,               -- path of the route; NULL: not a page
    subject    text,               -- NULL: the learner says it all
    subject_id bigint,
    learner_id bigint,             -- whose file; NULL: nobody's, or a class's
    address    inet,               -- NULL: the school's own tool
    request_id text,
    PRIMARY KEY (school_id, id)
);
CREATE INDEX trace_learner ON trace (school_id, learner_id, id)
    WHERE learner_id IS NOT NULL;
CREATE INDEX trace_person ON trace (school_id, person_id, id);
CREATE INDEX trace_age ON trace USING brin (at);
CALL acquis.guard('trace', 'SELECT, INSERT');

-- Whose files were in what was read of a whole class.
CREATE TABLE trace_file (
    school_id  bigint NOT NULL,
    learner_id bigint NOT NULL,
    trace_id   bigint NOT NULL,
    PRIMARY KEY (school_id, learner_id, trace_id),
    FOREIGN KEY (school_id, trace_id) REFERENCES trace
);
CREATE INDEX trace_file_trace ON trace_file (school_id, trace_id);
CALL acquis.guard('trace_file', 'SELECT, INSERT');

-- Nothing is changed, whoever asks, and nothing goes within six months: the
-- least that the CNIL wants a log to be kept (2021-122).
CREATE FUNCTION acquis.trace_stays() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.at < now() - interval '6 months' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'traces stay for six months' USING ERRCODE = 'AQ423';
END
$$;
CREATE FUNCTION acquis.trace_file_stays() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM trace t
                WHERE t.school_id = OLD.school_id AND t.id = OLD.trace_id
                  AND t.at >= now() - interval '6 months') THEN
        RAISE EXCEPTION 'traces stay for six months' USING ERRCODE = 'AQ423';
    END IF;
    RETURN OLD;
END
$$;
CREATE TRIGGER trace_stays BEFORE UPDATE OR TRUNCATE ON trace
    FOR EACH STATEMENT EXECUTE FUNCTION acquis.history_stays();
CREATE TRIGGER trace_stays_young BEFORE DELETE ON trace
    FOR EACH ROW EXECUTE FUNCTION acquis.trace_stays();
CREATE TRIGGER trace_file_stays BEFORE UPDATE OR TRUNCATE ON trace_file
    FOR EACH STATEMENT EXECUTE FUNCTION acquis.history_stays();
CREATE TRIGGER trace_file_stays_young BEFORE DELETE ON trace_file
    FOR EACH ROW EXECUTE FUNCTION acquis.trace_file_stays();

-- Where a request comes from, for the traces of what it writes.
CREATE FUNCTION acquis.address() RETURNS inet
LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('acquis.address', true), '')::inet;

-- One that was read.  It is queued ahead of the reading, in its batch, and
-- tells nothing where the caller may not look.  What is one's own is nobody
-- else's reading.  Losing the last half-second of these in a power cut is
-- better than to make every reading wait for the disk.
-- $1 read or export   $2 path of the route   $3 first word of it
-- $4 the id in it, or NULL   $5 address
CREATE FUNCTION acquis.trace_page(act text, page text, whose text, id bigint,
    address inet) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    learner bigint;
    said text := set_config('synchronous_commit', 'off', true);
    made bigint;
BEGIN
    IF whose = 'learners' THEN
        learner := id;
    ELSIF whose = 'interim-assessments' THEN
        SELECT i.learner_id INTO learner FROM interim i
         WHERE i.school_id = acquis.school() AND i.id = trace_page.id;
    END IF;
    IF whose IN ('learners', 'interim-assessments')
       AND (learner IS NULL OR learner = acquis.person()
            OR NOT EXISTS (SELECT FROM seen_learner s
                            WHERE s.school_id = acquis.school()
                              AND s.learner_id = learner)) THEN
        RETURN;
    END IF;
    IF whose = 'classes' AND NOT acquis.sees_class(id) THEN
        RETURN;
    END IF;
    INSERT INTO trace (school_id, kind, act, person_id, page, subject,
                       subject_id, learner_id, address, request_id)
    VALUES (acquis.school(),
            CASE WHEN learner IS NULL AND whose <> 'classes'
                 THEN 'account' ELSE 'pedagogy' END,
            act, acquis.person(), page,
            CASE WHEN learner IS NULL AND trace_page.id IS NOT NULL
                 THEN CASE whose WHEN 'classes' THEN 'class_group'
                                 WHEN 'imports' THEN 'import'
                                 ELSE whose END END,
            CASE WHEN learner IS NULL THEN trace_page.id END, learner,
            address, nullif(current_setting('acquis.request', true), ''))
    RETURNING trace.id INTO made;
    IF whose = 'classes' THEN
        INSERT INTO trace_file (school_id, learner_id, trace_id)
        SELECT n.school_id, n.learner_id, made
          FROM enrolment n
         WHERE n.school_id = acquis.school()
           AND n.class_id = trace_page.id AND n.active;
    END IF;
END
$$;

-- What the journal notes and is more than work on results: unlocks, rights,
-- passwords, accesses, imports, settings, signing in.  Named are the acts that
-- are work, so that one that is new is traced.  A row that was not written
-- just now was brought here with its school.
CREATE FUNCTION acquis.trace_journal() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO trace (school_id, kind, act, person_id, subject, subject_id,
                       learner_id, address, request_id)
    VALUES (NEW.school_id,
            CASE WHEN NEW.learner_id IS NULL THEN 'account'
                 ELSE 'pedagogy' END,
            NEW.act, NEW.person_id, NEW.subject, NEW.subject_id,
            NEW.learner_id, acquis.address(),
            coalesce(NEW.request_id,
                nullif(current_setting('acquis.request', true), '')));
    RETURN NULL;
END
$$;
CREATE TRIGGER journal_traced AFTER INSERT ON journal
    FOR EACH ROW
    WHEN (NEW.at = now() AND NEW.act NOT IN ('marks', 'position', 'grade',
        'weights', 'draft_delete', 'evaluation_create', 'evaluation_change',
        'evaluation_delete', 'confirm', 'relock'))
    EXECUTE FUNCTION acquis.trace_journal();

-- A sign-in that failed, in the school that was meant; a login that no school
-- has belongs to none.  What was typed is kept nowhere: people type passwords
-- where the login goes.  Not waited for, so that it takes no longer where
-- there is such an account.
-- $1 UAI, or NULL   $2 school and $3 person that the login is of, or NULL
CREATE FUNCTION acquis.trace_sign_in_failed(uai text, school bigint,
    person bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
DECLARE
    said text := set_config('synchronous_commit', 'off', true);
BEGIN
    INSERT INTO trace (school_id, kind, act, subject, subject_id, address,
                       request_id)
    SELECT o.school_id, 'account', 'sign_in_failed',
           CASE WHEN person IS NOT NULL THEN 'person' END, person,
           acquis.address(),
           nullif(current_setting('acquis.request', true), '')
      FROM school o
     WHERE o.school_id = school
        OR (school IS NULL AND o.uai = upper($1));
END
$$;
REVOKE ALL ON FUNCTION acquis.trace_sign_in_failed FROM PUBLIC;
GRANT EXECUTE ON FUNCTION acquis.trace_sign_in_failed TO acquis_api;

-- Traces the caller may see for what she does here: all for the head, those of
-- accounts for the administrator, those of pedagogy for the DDFPT, the own
-- ones for all staff (reliability.md 7).
CREATE VIEW seen_trace WITH (security_invoker) AS
SELECT t.*
  FROM trace t
 WHERE t.school_id = acquis.school()
   AND (acquis.roles() & 4 <> 0
        OR (acquis.roles() & 1 <> 0 AND t.kind = 'account')
        OR (acquis.roles() & 2 <> 0 AND t.kind = 'pedagogy')
        OR (acquis.roles() & 15 <> 0 AND t.person_id = acquis.person()));

-- Who else read a file that is one's own or one's child's.
CREATE VIEW seen_reader WITH (security_invoker) AS
SELECT t.*, s.learner_id AS whose
  FROM seen_learner s
 CROSS JOIN LATERAL (
       SELECT f.id
         FROM trace f
        WHERE f.school_id = s.school_id AND f.learner_id = s.learner_id
       UNION ALL
       SELECT f.trace_id
         FROM trace_file f
        WHERE f.school_id = s.school_id AND f.learner_id = s.learner_id) k
  JOIN trace t ON t.school_id = s.school_id AND t.id = k.id
 WHERE s.school_id = acquis.school()
   AND acquis.roles() & 15 = 0
   AND t.act IN ('read', 'export')
   AND t.person_id <> acquis.person();
GRANT SELECT ON seen_trace, seen_reader TO acquis_api;

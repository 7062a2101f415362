-- Whose learner is this.
--
-- A query names one of these and finds nothing where the caller may not look,
-- so that absent and forbidden are the same from outside.  Views, so that the
-- planner sees through them; the functions say the same of one learner.
--
-- A learner is a person with a track, present or gone: the data of one who
-- left stays readable.  Somebody may come out of taught_learner twice (a
-- class and its group), so ask with EXISTS or IN, or DISTINCT.

-- Staff who read results, the administrator not among them.
CREATE FUNCTION acquis.reads_results() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN acquis.roles() & 14 <> 0;

-- Learners the caller may know of: staff all of the school, a learner
-- oneself, a guardian the own children once the school has opened that.
CREATE VIEW seen_learner WITH (security_invoker) AS
SELECT p.school_id, p.id AS learner_id
  FROM person p
 WHERE p.school_id = acquis.school()
   AND p.track IS NOT NULL
   AND (acquis.roles() & 15 <> 0
        OR (acquis.roles() & 16 <> 0 AND p.id = acquis.person())
        OR (acquis.roles() & 32 <> 0
            AND p.id IN (
                SELECT g.learner_id
                  FROM guardianship g
                  JOIN school o ON o.school_id = g.school_id
                 WHERE g.school_id = acquis.school()
                   AND g.guardian_id = acquis.person()
                   AND g.active AND g.legal AND o.guardians_open)));

-- Learners the caller teaches now, and whose results she may write.
CREATE VIEW taught_learner WITH (security_invoker) AS
SELECT n.school_id, n.learner_id
  FROM teaching t
  JOIN class_group g ON g.school_id = t.school_id AND g.id = t.class_id
  JOIN enrolment n ON n.school_id = t.school_id AND n.class_id = t.class_id
 WHERE t.school_id = acquis.school()
   AND t.teacher_id = acquis.person()
   AND acquis.roles() & 8 <> 0
   AND g.active AND n.active;

-- The class of each learner, groups aside: one row, the current year's first.
-- Ask for one learner at a time, in a LATERAL with LIMIT 1: without the limit
-- the planner works out the classes of the whole school and joins them.
CREATE VIEW learner_class WITH (security_invoker) AS
SELECT DISTINCT ON (n.school_id, n.learner_id)
       n.school_id, n.learner_id, g.id AS class_id, g.code AS class_code,
       g.framework_id, g.class_level, g.school_year
  FROM enrolment n
  JOIN class_group g ON g.school_id = n.school_id AND g.id = n.class_id
 WHERE n.school_id = acquis.school()
   AND n.active AND g.kind = 'class'
 ORDER BY n.school_id, n.learner_id, g.school_year DESC, g.id DESC;

GRANT SELECT ON seen_learner, taught_learner, learner_class TO acquis_api;

CREATE FUNCTION acquis.sees_learner(learner bigint) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN EXISTS (SELECT FROM seen_learner s
                WHERE s.school_id = acquis.school()
                  AND s.learner_id = learner);

CREATE FUNCTION acquis.teaches_learner(learner bigint) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN EXISTS (SELECT FROM taught_learner t
                WHERE t.school_id = acquis.school()
                  AND t.learner_id = learner);

-- Classes and groups the caller may know of.
CREATE VIEW seen_class WITH (security_invoker) AS
SELECT g.school_id, g.id AS class_id
  FROM class_group g
 WHERE g.school_id = acquis.school()
   AND (acquis.roles() & 15 <> 0
        OR EXISTS (SELECT FROM enrolment n
                     JOIN seen_learner s ON s.school_id = n.school_id
                                        AND s.learner_id = n.learner_id
                    WHERE n.school_id = g.school_id AND n.class_id = g.id
                      AND n.active));
GRANT SELECT ON seen_class TO acquis_api;

CREATE FUNCTION acquis.sees_class(class bigint) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN EXISTS (SELECT FROM seen_class s
                WHERE s.school_id = acquis.school() AND s.class_id = class);

-- The learners somebody looked at last, for the home screen.
CREATE TABLE look (
    school_id  bigint NOT NULL,
    person_id  bigint NOT NULL,
    learner_id bigint NOT NULL,
    at         timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (school_id, person_id, learner_id),
    FOREIGN KEY (school_id, person_id) REFERENCES person,
    FOREIGN KEY (school_id, learner_id) REFERENCES person
);
CALL acquis.guard('look', 'SELECT, INSERT, UPDATE');

-- Notes a look, once in ten minutes: reading stays reading.
CREATE FUNCTION acquis.looked(learner bigint) RETURNS void
LANGUAGE sql VOLATILE
BEGIN ATOMIC
    INSERT INTO look (school_id, person_id, learner_id)
    SELECT s.school_id, acquis.person(), s.learner_id
      FROM seen_learner s
     WHERE s.school_id = acquis.school() AND s.learner_id = $1
       AND acquis.roles() & 15 <> 0
       AND NOT EXISTS (SELECT FROM look k
                        WHERE k.school_id = s.school_id
                          AND k.person_id = acquis.person()
                          AND k.learner_id = s.learner_id
                          AND k.at > now() - interval '10 minutes')
    ON CONFLICT (school_id, person_id, learner_id) DO UPDATE SET at = now();
END;

-- An instant as the API has it.
CREATE FUNCTION acquis.instant(at timestamptz) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"');

-- A name or title without case and accents: for order and for search.
CREATE FUNCTION acquis.fold(words text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN replace(replace(translate(lower(words),
    'àâäáãåçéèêëíìîïñóòôöõøúùûüýÿ’',
    'aaaaaaceeeeiiiinoooooouuuuyy'''), 'œ', 'oe'), 'æ', 'ae');

-- Is every word somewhere in a text that is folded already?
CREATE FUNCTION acquis.words_in(words text, folded text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN NOT EXISTS (
    SELECT FROM regexp_split_to_table(btrim(acquis.fold(words)), '\s+') w
     WHERE position(w IN folded) = 0);

-- Marks of a line at dropped places.
CREATE FUNCTION acquis.marks_dropped(marks text, dropped smallint[])
RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (SELECT count(*) FROM unnest(dropped) d
         WHERE substr(marks, d::integer, 1) NOT IN ('', '.'));

-- Marks of a line that are not out of sight.  Apart from the rare case, so
-- that the planner puts it in line.
CREATE FUNCTION acquis.marks_filled(marks text, dropped smallint[])
RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN length(translate(marks, '.', ''))
     - CASE WHEN dropped = '{}' THEN 0
            ELSE acquis.marks_dropped(marks, dropped) END;

-- Evaluations as the caller may see them, with the figures of the lines she
-- may see: staff all lines of all, others their own of those made visible.
-- An administrator sees no results.
CREATE VIEW seen_evaluation WITH (security_invoker) AS
SELECT e.school_id, e.id, e.title, f.id AS framework_id, e.framework_key,
       e.complexity, e.context, e.class_level,
       e.school_year || '-' || e.school_year + 1 AS school_year,
       e.assessed_on, acquis.instant(e.modified_at) AS modified_at,
       e.visible, e.author_id, a.first_name AS author_first_name,
       coalesce(a.usual_name, a.last_name) AS author_last_name,
       e.revision, l.filled,
       l.lines * (cardinality(e.items) - cardinality(e.dropped)) AS expected,
       e.frozen > 0 AS frozen, e.items, e.dropped
  FROM evaluation e
  JOIN framework f ON f.key = e.framework_key
  JOIN person a ON a.school_id = e.school_id AND a.id = e.author_id
 CROSS JOIN LATERAL (
    SELECT count(*) AS lines,
           coalesce(sum(acquis.marks_filled(s.marks, e.dropped)), 0) AS filled
      FROM sheet s
     WHERE s.school_id = e.school_id AND s.evaluation_id = e.id
       AND s.active
       -- Staff need not be asked learner by learner.
       AND (acquis.reads_results()
            OR s.learner_id IN (SELECT v.learner_id FROM seen_learner v))) l
 WHERE e.school_id = acquis.school()
   AND e.deleted_at IS NULL
   AND (acquis.reads_results()
        OR (acquis.roles() & 1 = 0 AND e.visible AND l.lines > 0));
GRANT SELECT ON seen_evaluation TO acquis_api;

-- What holds an evaluation: confirmed assessments and the lines they took
-- into account, in their last revision.
CREATE VIEW evaluation_hold WITH (security_invoker) AS
SELECT c.school_id, c.evaluation_id, i.id AS interim_id, i.learner_id,
       r.confirmed_at, r.author_id
  FROM interim_cover c
  JOIN interim i ON i.school_id = c.school_id AND i.id = c.interim_id
                AND i.revision = c.revision
  JOIN interim_revision r ON r.school_id = c.school_id
                         AND r.interim_id = c.interim_id
                         AND r.revision = c.revision
 WHERE c.school_id = acquis.school()
   AND i.state = 'confirmed';
GRANT SELECT ON evaluation_hold TO acquis_api;

-- Fewer rows written than were meant: somebody was faster.
CREATE FUNCTION acquis.all_written(written bigint, meant bigint)
RETURNS boolean
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    IF written <> meant THEN
        RAISE EXCEPTION '% rows of % written', written, meant
            USING ERRCODE = 'AQ412';
    END IF;
    RETURN true;
END
$$;

-- Freezing and thawing change what a reader is shown, hence the ETag.
CREATE FUNCTION acquis.freeze_is_seen() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    NEW.revision := OLD.revision + 1;
    RETURN NEW;
END
$$;
CREATE TRIGGER evaluation_freeze_is_seen BEFORE UPDATE ON evaluation
    FOR EACH ROW WHEN (NEW.frozen <> OLD.frozen)
    EXECUTE FUNCTION acquis.freeze_is_seen();

-- The state of an account, for administrators; never what opens it.
CREATE FUNCTION acquis.account(person bigint, OUT password text,
    OUT signed_in_at text)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
    SELECT coalesce((SELECT CASE WHEN c.must_change THEN 'one_time'
                                 ELSE 'own' END
                       FROM credential c
                      WHERE c.school_id = acquis.school()
                        AND c.person_id = $1), 'none'),
           (SELECT acquis.instant(max(j.at))
              FROM journal j
             WHERE j.school_id = acquis.school()
               AND j.act = 'sign_in' AND j.subject_id = $1)
     WHERE acquis.roles() & 1 <> 0
$$;
REVOKE ALL ON FUNCTION acquis.account FROM PUBLIC;
GRANT EXECUTE ON FUNCTION acquis.account TO acquis_api;

CREATE INDEX journal_sign_in ON journal (school_id, subject_id, at)
    WHERE act = 'sign_in';
-- Acts on a whole evaluation, for the journal of each of its learners.
CREATE INDEX journal_evaluation ON journal (school_id, subject_id, id)
    WHERE subject = 'evaluation' AND learner_id IS NULL;

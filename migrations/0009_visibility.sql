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

-- Evaluations are followed too.
--
-- A teacher reads the path of any learner, but opens an evaluation only of
-- learners taught, or one's own: with it come the marks and the remarks about
-- everybody in it (domain/access.c).  The DDFPT and the head open all, learners
-- and guardians what was made visible, as before.

-- Oneself, and one's children once the school has opened that.
CREATE VIEW own_learner WITH (security_invoker) AS
SELECT p.school_id, p.id AS learner_id
  FROM person p
 WHERE p.school_id = acquis.school()
   AND p.track IS NOT NULL
   AND ((acquis.roles() & 16 <> 0 AND p.id = acquis.person())
        OR (acquis.roles() & 32 <> 0
            AND p.id IN (
                SELECT g.learner_id
                  FROM guardianship g
                  JOIN school o ON o.school_id = g.school_id
                 WHERE g.school_id = acquis.school()
                   AND g.guardian_id = acquis.person()
                   AND g.active AND g.legal AND o.guardians_open)));

-- Evaluations with a line of somebody taught, or of one's own.  Several times
-- where there are several: ask with IN.
CREATE VIEW taught_evaluation WITH (security_invoker) AS
SELECT s.school_id, s.evaluation_id
  FROM sheet s
 WHERE s.school_id = acquis.school()
   AND s.active
   AND s.learner_id IN (SELECT t.learner_id FROM taught_learner t);

CREATE VIEW own_evaluation WITH (security_invoker) AS
SELECT s.school_id, s.evaluation_id
  FROM sheet s
  JOIN own_learner o ON o.school_id = s.school_id
                    AND o.learner_id = s.learner_id
 WHERE s.school_id = acquis.school()
   AND s.active;

GRANT SELECT ON own_learner, taught_evaluation, own_evaluation TO acquis_api;

-- As before, but for who may look.
CREATE OR REPLACE VIEW seen_evaluation WITH (security_invoker) AS
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
   AND (acquis.roles() & 6 <> 0
        OR (acquis.roles() & 8 <> 0 AND (e.author_id = acquis.person()
            OR e.id IN (SELECT t.evaluation_id FROM taught_evaluation t)))
        OR (acquis.roles() & 1 = 0 AND e.visible
            AND e.id IN (SELECT o.evaluation_id FROM own_evaluation o)));

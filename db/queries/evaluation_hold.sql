-- An evaluation, held to change or delete it, and whether the caller may: who
-- made it and still teaches one of its learners, or teaches all of them.
-- $1 evaluation
SELECT e.revision, e.framework_key, e.title, e.complexity, e.class_level,
       e.assessed_on, e.visible, e.items, e.dropped, e.frozen > 0 AS frozen,
       e.author_id = acquis.person() AS own,
       l.lines = 0 AND e.author_id = acquis.person()
           OR l.taught > 0 AND e.author_id = acquis.person()
           OR l.taught > 0 AND l.taught = l.lines AS may_change,
       e.author_id = acquis.person() OR l.taught > 0 AS seen
  FROM evaluation e
 CROSS JOIN LATERAL (
    SELECT count(*) AS lines,
           count(*) FILTER (WHERE s.learner_id IN (
               SELECT t.learner_id FROM taught_learner t)) AS taught
      FROM sheet s
     WHERE s.school_id = e.school_id AND s.evaluation_id = e.id
       AND s.active) l
 WHERE e.school_id = acquis.school()
   AND e.id = $1::bigint
   AND e.deleted_at IS NULL
   FOR NO KEY UPDATE OF e;

-- What decides whether marks may be changed, and what they are changed in.
-- $1 evaluation
SELECT e.revision, e.framework_key, e.items, e.dropped,
       e.frozen > 0 AND o.freeze_scope = 'evaluation' AS locked,
       l.lines, l.filled, l.taught,
       e.author_id = acquis.person() OR l.taught AS seen
  FROM evaluation e
  JOIN school o ON o.school_id = e.school_id
 CROSS JOIN LATERAL (
    SELECT count(*) AS lines,
           coalesce(sum(acquis.marks_filled(s.marks, e.dropped)), 0)
               AS filled,
           coalesce(bool_or(s.learner_id IN (
               SELECT t.learner_id FROM taught_learner t)), false) AS taught
      FROM sheet s
     WHERE s.school_id = e.school_id AND s.evaluation_id = e.id
       AND s.active) l
 WHERE e.school_id = acquis.school()
   AND e.id = $1::bigint
   AND e.deleted_at IS NULL;

-- The lines of an evaluation that the caller may see.
-- $1 evaluation
SELECT p.id, p.first_name, coalesce(p.usual_name, p.last_name) AS last_name,
       p.track, k.class_id, k.class_code, s.marks, s.comment, s.revision,
       s.frozen > 0 OR (e.frozen > 0 AND o.freeze_scope = 'evaluation')
           AS frozen
  FROM sheet s
  JOIN evaluation e ON e.school_id = s.school_id AND e.id = s.evaluation_id
  JOIN school o ON o.school_id = s.school_id
  JOIN person p ON p.school_id = s.school_id AND p.id = s.learner_id
  LEFT JOIN LATERAL (
    SELECT c.class_id, c.class_code FROM learner_class c
     WHERE c.school_id = p.school_id AND c.learner_id = p.id
     LIMIT 1) k ON true
 WHERE s.school_id = acquis.school()
   AND s.evaluation_id = $1::bigint
   AND s.active
   AND (acquis.reads_results()
        OR s.learner_id IN (SELECT v.learner_id FROM seen_learner v))
 ORDER BY acquis.fold(coalesce(p.usual_name, p.last_name)),
          acquis.fold(p.first_name), p.id;

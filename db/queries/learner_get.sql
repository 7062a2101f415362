-- One learner, as the caller may see.
-- $1 learner
SELECT p.id, p.first_name, p.last_name, p.usual_name, p.track, p.active,
       k.class_id, k.class_code, k.framework_id, k.class_level,
       CASE WHEN k.framework_id IS NULL THEN 'none'
            WHEN acquis.teaches_learner(p.id) THEN 'write'
            WHEN acquis.roles() & 2 <> 0 THEN 'read'
            ELSE 'none' END AS draft_access
  FROM person p
  JOIN seen_learner s ON s.school_id = p.school_id AND s.learner_id = p.id
  LEFT JOIN LATERAL (
    SELECT c.class_id, c.class_code, c.framework_id, c.class_level
      FROM learner_class c
     WHERE c.school_id = p.school_id AND c.learner_id = p.id
     LIMIT 1) k ON true
 WHERE p.school_id = acquis.school()
   AND p.id = $1::bigint;

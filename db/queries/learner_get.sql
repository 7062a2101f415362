-- One learner, as the caller may see.
-- $1 learner
SELECT p.id, p.first_name, p.last_name, p.usual_name, p.track, p.active,
       k.class_id, k.class_code, k.framework_id, k.class_level
  FROM person p
  JOIN seen_learner s ON s.school_id = p.school_id AND s.learner_id = p.id
  LEFT JOIN LATERAL (
    SELECT c.class_id, c.class_code, c.framework_id, c.class_level
      FROM learner_class c
     WHERE c.school_id = p.school_id AND c.learner_id = p.id
     LIMIT 1) k ON true
 WHERE p.school_id = acquis.school()
   AND p.id = $1::bigint;

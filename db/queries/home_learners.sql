-- The learners the caller looked at last.
SELECT p.id, p.first_name, coalesce(p.usual_name, p.last_name) AS last_name,
       p.track, k.class_id, k.class_code
  FROM look l
  JOIN seen_learner v ON v.school_id = l.school_id
                     AND v.learner_id = l.learner_id
  JOIN person p ON p.school_id = l.school_id AND p.id = l.learner_id
  LEFT JOIN LATERAL (
    SELECT c.class_id, c.class_code FROM learner_class c
     WHERE c.school_id = p.school_id AND c.learner_id = p.id
     LIMIT 1) k ON true
 WHERE l.school_id = acquis.school()
   AND l.person_id = acquis.person()
 ORDER BY l.at DESC, p.id
 LIMIT 10;

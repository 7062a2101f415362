-- Learners of a class or group, as far as the caller sees them.
-- $1 class   $2 learner to start after, or NULL   $3 how many
SELECT p.id, p.first_name, p.last_name, p.usual_name, p.track, p.active,
       k.class_id, k.class_code, k.framework_id, k.class_level,
       CASE WHEN k.framework_id IS NULL THEN 'none'
            WHEN acquis.teaches_learner(p.id) THEN 'write'
            WHEN acquis.roles() & 2 <> 0 THEN 'read'
            ELSE 'none' END AS draft_access
  FROM enrolment n
  JOIN person p ON p.school_id = n.school_id AND p.id = n.learner_id
  JOIN seen_learner s ON s.school_id = p.school_id AND s.learner_id = p.id
  LEFT JOIN LATERAL (
    SELECT c.class_id, c.class_code, c.framework_id, c.class_level
      FROM learner_class c
     WHERE c.school_id = p.school_id AND c.learner_id = p.id
     LIMIT 1) k ON true
 WHERE n.school_id = acquis.school()
   AND n.class_id = $1::bigint
   AND n.active
   AND ($2::bigint IS NULL
        OR (acquis.fold(p.last_name), acquis.fold(p.first_name), p.id) > (
            SELECT acquis.fold(a.last_name), acquis.fold(a.first_name), a.id
              FROM person a
             WHERE a.school_id = acquis.school() AND a.id = $2))
 ORDER BY acquis.fold(p.last_name), acquis.fold(p.first_name), p.id
 LIMIT $3::integer;

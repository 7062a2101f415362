-- Whose dashboard it is, and of which framework; no row where the caller may
-- not look or the class has no diploma.
-- $1 learner   $2 framework, or NULL: that of the class
SELECT p.id, p.first_name, coalesce(p.usual_name, p.last_name) AS last_name,
       p.track, c.class_id, c.class_code, f.key AS framework_key
  FROM read_learner s
  JOIN person p ON p.school_id = s.school_id AND p.id = s.learner_id
  LEFT JOIN learner_class c ON c.school_id = s.school_id
                           AND c.learner_id = s.learner_id
  JOIN framework f ON f.id = coalesce($2, c.framework_id) AND f.current
 WHERE s.school_id = acquis.school()
   AND s.learner_id = $1::bigint;

-- A learner the caller may read, and the framework that is meant: the one
-- asked for, or that of the class.
-- $1 learner   $2 framework, or NULL
SELECT l.ref::text AS learner, f.id AS framework_id,
       f.key AS framework_key, acquis.teaches_learner(s.learner_id) AS teaches
  FROM read_learner s
  JOIN learner_ref l ON l.school_id = s.school_id AND l.id = s.learner_id
  LEFT JOIN learner_class c ON c.school_id = s.school_id
                           AND c.learner_id = s.learner_id
  JOIN framework f ON f.id = coalesce($2, c.framework_id) AND f.current
 WHERE s.school_id = acquis.school()
   AND s.learner_id = $1::bigint;

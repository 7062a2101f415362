-- The learner a supervisor is for: whether there is one, and the caller's.
-- $1 learner
SELECT p.track, p.active, acquis.teaches_learner(p.id) AS taught
  FROM person p
  JOIN seen_learner s ON s.school_id = p.school_id AND s.learner_id = p.id
 WHERE p.school_id = acquis.school()
   AND p.id = $1::bigint;

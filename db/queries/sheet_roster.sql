-- Everybody who is or was on the list of an evaluation.
-- $1 evaluation
SELECT s.learner_id, s.active, s.marks,
       s.learner_id IN (SELECT t.learner_id FROM taught_learner t) AS taught
  FROM sheet s
 WHERE s.school_id = acquis.school()
   AND s.evaluation_id = $1::bigint
 ORDER BY s.learner_id;

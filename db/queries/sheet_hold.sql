-- Lines of an evaluation, held until the end of the transaction.
-- $1 evaluation   $2 learners
SELECT s.learner_id, s.marks, s.comment, s.revision, s.frozen > 0 AS frozen,
       s.learner_id IN (SELECT t.learner_id FROM taught_learner t) AS taught
  FROM sheet s
 WHERE s.school_id = acquis.school()
   AND s.evaluation_id = $1::bigint
   AND s.learner_id = ANY ($2::bigint[])
   AND s.active
 ORDER BY s.learner_id
   FOR NO KEY UPDATE OF s;

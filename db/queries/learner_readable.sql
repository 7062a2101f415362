-- May the caller read this learner's results?  A row if so.
-- $1 learner
SELECT s.learner_id
  FROM read_learner s
 WHERE s.school_id = acquis.school()
   AND s.learner_id = $1::bigint;

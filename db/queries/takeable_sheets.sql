-- Hold the sheets of a learner, in the order of their evaluations: the third
-- locks of a confirmation.
-- $1 learner   $2 framework
SELECT s.evaluation_id, s.revision
  FROM sheet s
 WHERE s.school_id = acquis.school()
   AND s.learner_id = $1::bigint
   AND s.evaluation_id IN (SELECT t.evaluation_id
                             FROM takeable t
                            WHERE t.school_id = acquis.school()
                              AND t.learner_id = $1::bigint
                              AND t.framework_id = $2)
 ORDER BY s.evaluation_id
   FOR NO KEY UPDATE;

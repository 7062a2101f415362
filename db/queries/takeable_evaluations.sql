-- Hold the evaluations a confirmation would take in, by id: its second locks.
-- Whoever changes a mark holds the same row before the sheet.
-- $1 learner   $2 framework
SELECT e.id
  FROM evaluation e
 WHERE e.school_id = acquis.school()
   AND e.id IN (SELECT t.evaluation_id
                  FROM takeable t
                 WHERE t.school_id = acquis.school()
                   AND t.learner_id = $1::bigint
                   AND t.framework_id = $2)
 ORDER BY e.id
   FOR NO KEY UPDATE;

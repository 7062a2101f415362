-- Hold the draft that is to be confirmed; of two who confirm, the second
-- finds none.
-- $1 learner   $2 key of the framework
SELECT d.revision, d.positions, d.findings, d.advice, d.seen
  FROM draft d
 WHERE d.school_id = acquis.school()
   AND d.learner_id = $1::bigint
   AND d.framework_key = $2::integer
   FOR UPDATE;

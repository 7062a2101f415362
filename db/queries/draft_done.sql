-- The draft has become an interim assessment.
-- $1 learner   $2 key of the framework
DELETE FROM draft d
 WHERE d.school_id = acquis.school()
   AND d.learner_id = $1::bigint
   AND d.framework_key = $2::integer;

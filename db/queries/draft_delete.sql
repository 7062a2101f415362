-- Throw a draft away, if it is still the one that was read.
-- $1 learner   $2 key of the framework   $3 revision read: -1 any
DELETE FROM draft d
 WHERE d.school_id = acquis.school()
   AND d.learner_id = $1::bigint
   AND d.framework_key = $2::integer
   AND $3::bigint IN (-1, d.revision)
RETURNING acquis.note('draft_delete', 'draft', d.revision, d.learner_id,
           jsonb_build_object('positions', d.positions,
               'findings', d.findings, 'advice', d.advice), NULL);

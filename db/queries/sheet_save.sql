-- Write lines; all of them, or the transaction fails as stale.
-- $1 evaluation   $2 learners   $3 marks   $4 comments
-- $5 revisions that were read   $6 how many
WITH written AS (
    UPDATE sheet s
       SET marks = n.marks, comment = n.comment, revision = s.revision + 1
      FROM unnest($2::bigint[], $3::text[], $4::text[], $5::integer[])
           AS n (learner_id, marks, comment, revision)
     WHERE s.school_id = acquis.school()
       AND s.evaluation_id = $1::bigint
       AND s.learner_id = n.learner_id
       AND s.revision = n.revision
       AND s.frozen = 0
       AND s.active
    RETURNING s.learner_id
)
SELECT acquis.all_written(count(*), $6::bigint) FROM written;

-- Change what an unlocked interim assessment says; NULL leaves a member.
-- What stands of the learner's marks now counts as seen.
-- $1 interim assessment   $2 version read   $3 positions   $4 findings
-- $5 advice
WITH before AS (
    SELECT i.id, i.learner_id, f.id AS framework_id,
           jsonb_build_object('positions', i.positions,
               'findings', i.findings, 'advice', i.advice) AS said
      FROM interim i
      JOIN framework f ON f.key = i.framework_key
     WHERE i.school_id = acquis.school()
       AND i.id = $1::bigint
)
UPDATE interim i
   SET positions = coalesce($3, i.positions),
       findings = coalesce($4, i.findings),
       advice = coalesce($5, i.advice),
       seen = acquis.seen_now(b.learner_id, b.framework_id),
       version = i.version + 1
  FROM before b
 WHERE i.school_id = acquis.school()
   AND i.id = b.id
   AND i.version = $2::integer
   AND i.state = 'unlocked'
   AND i.unlock_ends_at > now()
RETURNING acquis.note('position', 'interim', i.id, i.learner_id, b.said,
           jsonb_build_object('positions', i.positions,
               'findings', i.findings, 'advice', i.advice));

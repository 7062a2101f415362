-- The content of an interim assessment as it is confirmed: whole, hashed, and
-- chained to the revision of the school before it.  After school_tick.
-- $1 interim assessment   $2 revision   $3 positions   $4 findings
-- $5 advice   $6 what it takes in
WITH before AS (
    SELECT coalesce((SELECT r.sha256
                       FROM interim_revision r
                      WHERE r.school_id = acquis.school()
                      ORDER BY r.chain DESC
                      LIMIT 1), decode(repeat('00', 32), 'hex')) AS sha256
)
INSERT INTO interim_revision (school_id, interim_id, revision, author_id,
                              positions, findings, advice, sha256, previous,
                              chain)
SELECT i.school_id, i.id, $2::integer, acquis.person(), $3, $4, $5,
       acquis.revision_hash(b.sha256, i.id, $2::integer, i.learner_id,
           i.framework_key, acquis.person(), now(), $3, $4, $5, $6::jsonb),
       b.sha256, o.partner_rev
  FROM interim i
  JOIN school o ON o.school_id = i.school_id
 CROSS JOIN before b
 WHERE i.school_id = acquis.school()
   AND i.id = $1::bigint;

-- Save a draft, if it is still the one that was read.
-- $1 learner   $2 key of the framework   $3 revision read: 0 none, -1 any
-- $4 positions   $5 findings   $6 advice
-- $7 evaluations seen, NULL: those of this instant   $8 their sheet revisions
-- $9 framework
INSERT INTO draft AS d (school_id, learner_id, framework_key, positions,
                        findings, advice, seen, author_id)
SELECT acquis.school(), $1::bigint, $2::integer, $4, $5, $6,
       CASE WHEN $7::bigint[] IS NULL
            THEN acquis.seen_now($1::bigint, $9)
            ELSE (SELECT coalesce(jsonb_object_agg(s.id, s.revision), '{}')
                    FROM unnest($7::bigint[], $8::integer[])
                         AS s (id, revision)) END,
       acquis.person()
 WHERE $3::bigint <= 0
    OR EXISTS (SELECT FROM draft h
                WHERE h.school_id = acquis.school()
                  AND h.learner_id = $1::bigint
                  AND h.framework_key = $2::integer)
ON CONFLICT (school_id, learner_id, framework_key) DO UPDATE
   SET positions = EXCLUDED.positions, findings = EXCLUDED.findings,
       advice = EXCLUDED.advice, seen = EXCLUDED.seen,
       author_id = EXCLUDED.author_id, modified_at = now(),
       revision = EXCLUDED.revision
 WHERE $3::bigint IN (-1, d.revision)
RETURNING revision;

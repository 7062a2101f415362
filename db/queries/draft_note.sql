-- Journal of a saved draft.
-- $1 learner   $2 revision   $3 positions before, NULL: none   $4 after
SELECT acquis.note('position', 'draft', $2::bigint, $1::bigint,
           CASE WHEN $3::text IS NULL THEN NULL
                ELSE jsonb_build_object('positions', $3::text) END,
           jsonb_build_object('positions', $4::text))
 WHERE $3::text IS DISTINCT FROM $4::text;

-- Under the locks: is what would be taken in what was seen?
-- $1 learner   $2 framework   $3 what was seen, NULL: nothing was said
-- $4 evaluations the client says it saw, NULL: see $3   $5 their revisions
SELECT acquis.seen_now($1::bigint, $2) AS present,
       (SELECT count(*)
          FROM jsonb_object_keys(acquis.seen_now($1::bigint, $2))) AS count,
       coalesce(acquis.seen_now($1::bigint, $2)
           = CASE WHEN $4::bigint[] IS NULL THEN $3::jsonb
                  ELSE (SELECT coalesce(
                                   jsonb_object_agg(s.id, s.revision), '{}')
                          FROM unnest($4::bigint[], $5::integer[])
                               AS s (id, revision)) END,
           true) AS same;

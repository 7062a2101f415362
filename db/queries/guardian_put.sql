-- Tie a guardian to a learner by hand; what a file says of the tie stays the
-- file's.
-- $1 learner   $2 guardian   $3 legal   $4 rank
INSERT INTO guardianship AS g (school_id, learner_id, guardian_id, legal,
                               rank, source)
VALUES (acquis.school(), $1::bigint, $2::bigint, $3::boolean, $4::smallint,
        'manual')
ON CONFLICT (school_id, learner_id, guardian_id) DO UPDATE
   SET legal = EXCLUDED.legal, rank = EXCLUDED.rank, active = true,
       source = 'manual'
 WHERE g.source = 'manual' OR NOT g.active;

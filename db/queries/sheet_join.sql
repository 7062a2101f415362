-- Put learners on the list of an evaluation; one who was there before finds
-- the marks again.
-- $1 evaluation   $2 learners
INSERT INTO sheet AS s (school_id, learner_id, evaluation_id, revision)
SELECT acquis.school(), learner_id, $1::bigint, 0
  FROM unnest($2::bigint[]) AS learner_id
ON CONFLICT (school_id, learner_id, evaluation_id) DO UPDATE
   SET active = true, revision = s.revision + 1
 WHERE NOT s.active;

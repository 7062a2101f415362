-- A supervisor for a learner who has none.
-- $1 learner   $2 supervisor   $3 kind
INSERT INTO supervision (school_id, learner_id, supervisor_id, kind)
VALUES (acquis.school(), $1::bigint, $2::bigint, $3);

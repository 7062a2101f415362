-- Learners somebody wants in an evaluation, in the order given.
-- $1 learners
SELECT EXISTS (SELECT FROM taught_learner t
                WHERE t.school_id = acquis.school()
                  AND t.learner_id = w.learner_id) AS taught,
       k.class_level
  FROM unnest($1::bigint[]) WITH ORDINALITY AS w (learner_id, place)
  LEFT JOIN LATERAL (
    SELECT c.class_level FROM learner_class c
     WHERE c.school_id = acquis.school()
       AND c.learner_id = w.learner_id
     LIMIT 1) k ON true
 ORDER BY w.place;

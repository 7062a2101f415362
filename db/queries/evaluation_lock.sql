-- The confirmed assessment that holds an evaluation: one of these learners
-- first, then one the caller may see, then the latest.
-- $1 evaluation   $2 learners
SELECT h.interim_id, CASE WHEN acquis.sees_learner(h.learner_id)
           THEN h.learner_id END AS learner_id,
       acquis.instant(h.confirmed_at) AS confirmed_at,
       p.id AS author_id, p.first_name AS author_first_name,
       coalesce(p.usual_name, p.last_name) AS author_last_name
  FROM evaluation_hold h
  JOIN person p ON p.school_id = h.school_id AND p.id = h.author_id
 WHERE h.school_id = acquis.school()
   AND h.evaluation_id = $1::bigint
 ORDER BY h.learner_id = ANY ($2::bigint[]) DESC,
          acquis.sees_learner(h.learner_id) DESC, h.confirmed_at DESC
 LIMIT 1;

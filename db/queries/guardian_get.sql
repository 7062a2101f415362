-- A learner, somebody else, and what ties them.
-- $1 learner   $2 guardian
SELECT k.source, k.legal, k.rank, p.id = q.id AS same,
       acquis.manages(q.id) AS managed,
       EXISTS (SELECT FROM person_role r
                WHERE r.school_id = q.school_id AND r.person_id = q.id
                  AND r.role = 'guardian') AS guardian
  FROM person p
  JOIN person q ON q.school_id = p.school_id AND q.id = $2::bigint
  LEFT JOIN guardianship k ON k.school_id = p.school_id
                          AND k.learner_id = p.id AND k.guardian_id = q.id
                          AND k.active
 WHERE p.school_id = acquis.school()
   AND p.id = $1::bigint
   AND p.track IS NOT NULL;

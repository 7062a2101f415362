-- Interim assessments to confirm again: a teacher's learners', or all for
-- those who unlock.
SELECT i.id AS interim_id, p.id, p.first_name,
       coalesce(p.usual_name, p.last_name) AS last_name, p.track,
       k.class_id, k.class_code, i.unlock_reason AS reason,
       acquis.instant(i.unlock_ends_at) AS expires_at
  FROM interim i
  JOIN person p ON p.school_id = i.school_id AND p.id = i.learner_id
  LEFT JOIN LATERAL (
    SELECT c.class_id, c.class_code FROM learner_class c
     WHERE c.school_id = p.school_id AND c.learner_id = p.id
     LIMIT 1) k ON true
 WHERE i.school_id = acquis.school()
   AND i.state = 'unlocked'
   AND i.unlock_ends_at > now()
   AND (acquis.roles() & 6 <> 0
        OR i.learner_id IN (SELECT t.learner_id FROM taught_learner t))
 ORDER BY i.unlock_ends_at, i.id
 LIMIT 20;

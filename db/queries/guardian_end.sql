-- Untie a guardian that was tied by hand.
-- $1 learner   $2 guardian
UPDATE guardianship g
   SET active = false
 WHERE g.school_id = acquis.school()
   AND g.learner_id = $1::bigint
   AND g.guardian_id = $2::bigint
   AND g.source = 'manual'
   AND g.active;

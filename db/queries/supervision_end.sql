-- The end of a supervision, once.
-- $1 learner   $2 supervisor
UPDATE supervision s
   SET ended_on = greatest(s.since, current_date)
 WHERE s.school_id = acquis.school()
   AND s.learner_id = $1::bigint
   AND s.supervisor_id = $2::bigint
   AND s.ended_on IS NULL;

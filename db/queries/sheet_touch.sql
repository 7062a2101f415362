-- The grid has other items: every line reads otherwise than before, and who
-- was about to confirm must look again.
-- $1 evaluation
UPDATE sheet s
   SET revision = s.revision + 1
 WHERE s.school_id = acquis.school()
   AND s.evaluation_id = $1::bigint
   AND s.active
   AND s.frozen = 0;

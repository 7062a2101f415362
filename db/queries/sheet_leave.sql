-- Take learners off the list of an evaluation; their marks stay, unseen.
-- $1 evaluation   $2 learners
UPDATE sheet s
   SET active = false, revision = s.revision + 1
 WHERE s.school_id = acquis.school()
   AND s.evaluation_id = $1::bigint
   AND s.learner_id = ANY ($2::bigint[])
   AND s.active
   AND s.frozen = 0;

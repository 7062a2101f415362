-- Take an evaluation to change its marks: no row when it is gone, was changed
-- since it was read, or is frozen.
-- $1 evaluation   $2 revision that was read
UPDATE evaluation e
   SET revision = e.revision + 1, modified_at = now()
  FROM school o
 WHERE e.school_id = acquis.school()
   AND o.school_id = e.school_id
   AND e.id = $1::bigint
   AND e.revision = $2::bigint
   AND e.deleted_at IS NULL
   AND (e.frozen = 0 OR o.freeze_scope = 'learner')
RETURNING e.revision;

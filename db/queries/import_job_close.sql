-- End a job; no row: it was cancelled meanwhile.
-- $1 job
DELETE FROM import_job
 WHERE school_id = acquis.school()
   AND id = $1::bigint
RETURNING id;

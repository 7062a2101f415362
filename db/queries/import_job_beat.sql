-- A job is alive, and so far; no row: it was cancelled.
-- $1 job   $2 step   $3 percent
UPDATE import_job
   SET step = $2, percent = $3::smallint, alive_at = clock_timestamp()
 WHERE school_id = acquis.school()
   AND id = $1::bigint
RETURNING id;

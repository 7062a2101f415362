-- A job ends without having done its work: why, for whoever waits.  An import
-- that was to be applied is still a preview.
-- $1 job   $2 refused or failed   $3 problem, JSON
WITH job AS (
    DELETE FROM import_job
     WHERE school_id = acquis.school()
       AND id = $1::bigint
    RETURNING import_id
)
UPDATE import i
   SET state = CASE i.state WHEN 'analysing' THEN $2 ELSE i.state END,
       problem = $3::json, revision = revision + 1
  FROM job j
 WHERE i.school_id = acquis.school()
   AND i.id = j.import_id
   AND i.state IN ('analysing', 'previewed');

-- Begin a job; a NULL where another one is under way.
-- $1 import   $2 analysis or commit
SELECT acquis.import_job_open($1::bigint, $2) AS job;

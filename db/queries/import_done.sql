-- The import is applied: the report stays, the files do not; noted.
-- $1 import   $2 stamps   $3 report   $4 lines   $5 anomalies   $6 confirmed
WITH done AS (
    UPDATE import
       SET state = 'committed', committed_at = now(), stamps = $2::jsonb,
           preview = $3::json, lines = $4::json, anomalies = $5::json,
           confirmed = $6::text[], problem = NULL, staff = NULL,
           learners = NULL, guardians = NULL, labels = NULL,
           structures = NULL, revision = revision + 1
     WHERE school_id = acquis.school()
       AND id = $1::bigint
    RETURNING id, preview, files
)
SELECT acquis.note('import', 'import', d.id, NULL, NULL,
           jsonb_build_object('counts', d.preview -> 'counts',
                              'files', d.files))
  FROM done d;

-- Keep the preview of an import, and its files until the commit.
-- $1 import   $2 day   $3 stamps   $4 files   $5 preview   $6 lines
-- $7 anomalies   $8 SHA-256 of the people
-- $9 to $13 staff, learners, guardians, labels, structures: as sent
UPDATE import
   SET state = 'previewed', day = $2::date, stamps = $3::jsonb,
       files = $4::jsonb, preview = $5::json, lines = $6::json,
       anomalies = $7::json, people = $8::bytea, staff = $9::bytea,
       learners = $10::bytea, guardians = $11::bytea, labels = $12::bytea,
       structures = $13::bytea
 WHERE school_id = acquis.school()
   AND id = $1::bigint;

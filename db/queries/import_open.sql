-- A preview to be applied, with its files.
-- $1 import
SELECT i.state, i.revision, i.day, encode(i.people, 'hex') AS people, i.files,
       i.staff, i.learners, i.guardians, i.labels, i.structures
  FROM import i
 WHERE i.school_id = acquis.school()
   AND i.id = $1::bigint
   FOR NO KEY UPDATE;

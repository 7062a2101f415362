-- A new preview abandons the one before, and its files.
UPDATE import
   SET state = 'abandoned', staff = NULL, learners = NULL, guardians = NULL,
       labels = NULL, structures = NULL, revision = revision + 1
 WHERE school_id = acquis.school()
   AND state = 'previewed';

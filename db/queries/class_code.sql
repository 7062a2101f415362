-- The code of a class.
-- $1 class
SELECT g.code
  FROM class_group g
 WHERE g.school_id = acquis.school()
   AND g.id = $1::bigint;

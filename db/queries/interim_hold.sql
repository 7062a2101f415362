-- Hold interim assessments until the end of the transaction, in one order for
-- everybody.
-- $1 interim assessments
SELECT i.id
  FROM interim i
 WHERE i.school_id = acquis.school()
   AND i.id = ANY ($1::bigint[])
 ORDER BY i.id
   FOR NO KEY UPDATE;

-- The answer kept under an idempotency key.
-- $1 key
SELECT encode(request, 'hex') AS request, status, headers, body
  FROM idempotency
 WHERE school_id = acquis.school()
   AND person_id = acquis.person()
   AND key = $1;

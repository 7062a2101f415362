-- Keep the answer of the request under way.
-- $1 key   $2 status   $3 headers, a line each   $4 body
UPDATE idempotency
   SET status = $2::integer, headers = $3, body = $4
 WHERE school_id = acquis.school()
   AND person_id = acquis.person()
   AND key = $1;

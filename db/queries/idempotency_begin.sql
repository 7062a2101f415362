-- Take an idempotency key for the request under way; no row when it is taken.
-- Keys are forgotten after a day.
-- $1 key   $2 SHA-256 of the request
WITH old AS (
    DELETE FROM idempotency
     WHERE school_id = acquis.school()
       AND person_id = acquis.person()
       AND created_at < now() - interval '24 hours'
       AND key <> $1
)
INSERT INTO idempotency AS i (school_id, person_id, key, request)
VALUES (acquis.school(), acquis.person(), $1, $2::bytea)
ON CONFLICT (school_id, person_id, key) DO UPDATE
   SET request = EXCLUDED.request, created_at = now(), status = NULL,
       headers = NULL, body = NULL
 WHERE i.created_at < now() - interval '24 hours'
RETURNING true AS fresh;

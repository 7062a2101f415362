-- Who is asking: sets school, person and roles for the transaction, or ends
-- the batch.
-- $1 SHA-256 of the session cookie   $2 roles allowed, bits   $3 request id
SELECT school_id, person_id, roles
  FROM acquis.enter($1::bytea, $2::integer, $3);

-- The same for a partner's key.
-- $1 prefix of the key   $2 SHA-256 of its secret   $3 scope, or NULL
-- $4 address             $5 request id
SELECT school_id, person_id, roles
  FROM acquis.enter_partner($1, $2::bytea, $3, $4::inet, $5);

-- The same for a partner's key.
-- $1 prefix of the key   $2 SHA-256 of its secret   $3 scope, or NULL
-- $4 address             $5 request id
SELECT e.school_id, e.person_id, e.roles
  FROM acquis.enter_partner($1, $2::bytea, $3, $4::inet, $5) e
 WHERE acquis.at_work(e.school_id);

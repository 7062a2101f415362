-- Count a try to sign in, and what it is checked against.
-- $1 UAI, or NULL   $2 login   $3 SHA-256 of the device's cookie
SELECT school_id, person_id, password, throttled
  FROM acquis.sign_in_begin($1, $2, $3::bytea);

-- Count a try to sign in, and what it is checked against.
-- $1 UAI, or NULL   $2 login   $3 SHA-256 of the device's cookie
-- $4 host name that was asked: where it is a school's own, it says which
SELECT school_id, person_id, password, throttled
  FROM acquis.sign_in_begin(coalesce(acquis.school_at($4), $1), $2,
                            $3::bytea);

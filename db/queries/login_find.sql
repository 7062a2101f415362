-- What a sign-in is checked against.
-- $1 UAI, or NULL   $2 login
SELECT school_id, person_id, password, throttled
  FROM acquis.login_find($1, $2);

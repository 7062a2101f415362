-- A wrong password.
-- $1 school   $2 person
SELECT acquis.login_failed($1::bigint, $2::bigint);

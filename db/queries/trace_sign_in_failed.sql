-- A trace of a sign-in that failed.
-- $1 UAI, or NULL   $2 school, or NULL   $3 person, or NULL
SELECT acquis.trace_sign_in_failed($1, $2::bigint, $3::bigint);

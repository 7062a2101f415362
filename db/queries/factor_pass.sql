-- Second step of a sign-in.
-- $1 step of the code, or NULL   $2 digest of a code on paper, or NULL
-- $3 SHA-256 of the cookie   $4 of the next one
SELECT acquis.factor_pass($1::bigint, $2::bytea, $3::bytea, $4::bytea) AS done;

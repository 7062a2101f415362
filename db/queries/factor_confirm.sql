-- The first code was right: it is asked for from now on.
-- $1 step of the code   $2 digests of the codes on paper
-- $3 SHA-256 of the cookie   $4 language
SELECT acquis.factor_confirm($1::bigint, $2::bytea[], $3::bytea, $4) AS done;

-- A new session.
-- $1 school   $2 person   $3 SHA-256 of the cookie
-- $4 SHA-256 of the device's cookie   $5 browser   $6 system   $7 language
SELECT acquis.session_open($1::bigint, $2::bigint, $3::bytea, $4::bytea, $5,
                           $6, $7);

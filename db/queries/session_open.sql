-- A new session.
-- $1 school   $2 person   $3 SHA-256 of the cookie
SELECT acquis.session_open($1::bigint, $2::bigint, $3::bytea);

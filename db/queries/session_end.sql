-- End a session of one's own, or all others.
-- $1 session, or NULL   $2 SHA-256 of the cookie
SELECT acquis.session_end($1::bigint, $2::bytea) AS ended;

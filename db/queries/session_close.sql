-- Sign out.
-- $1 SHA-256 of the cookie
SELECT acquis.session_close($1::bytea);

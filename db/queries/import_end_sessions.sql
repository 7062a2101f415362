-- Who has left is signed out.
-- $1 people
SELECT acquis.sessions_end($1::bigint[]);

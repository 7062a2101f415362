-- Sign somebody out everywhere.
-- $1 person
SELECT acquis.sessions_end(ARRAY[$1::bigint]);

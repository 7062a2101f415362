-- A trace of what is about to be read, where the caller may read it.
-- $1 read or export   $2 path of the route   $3 first word of it
-- $4 the id in it, or NULL   $5 address
SELECT acquis.trace_page($1, $2, $3, $4::bigint, $5::inet);

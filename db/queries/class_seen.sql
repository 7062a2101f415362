-- May the caller know of a class?
-- $1 class
SELECT acquis.sees_class($1::bigint) AS seen;

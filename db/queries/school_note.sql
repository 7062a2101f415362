-- Tell a school, in its journal, what an operator did to it.
-- $1 school   $2 act
SELECT acquis.school_noted($1::bigint, $2);

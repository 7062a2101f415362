-- The code was right.
-- $1 school   $2 person
SELECT acquis.activation_right($1::bigint, $2::bigint);

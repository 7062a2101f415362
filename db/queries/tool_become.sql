-- The tool works for a school in the name of one of its people.
-- $1 school   $2 person, or NULL   $3 roles, bits
SELECT acquis.become($1::bigint, $2::bigint, $3::integer, 'tool');

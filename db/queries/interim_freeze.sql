-- Count one more (or less) on the evaluations and sheets a revision took in.
-- $1 interim assessment   $2 revision   $3 1 or -1
SELECT acquis.interim_hold($1::bigint, $2::integer, $3::integer);

-- What was done to a person, for the journal.
-- $1 act   $2 person   $3 state before, JSON   $4 state after, JSON
SELECT acquis.note($1, 'person', $2::bigint, NULL, $3::jsonb, $4::jsonb);

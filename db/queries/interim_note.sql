-- Journal of an act on an interim assessment.
-- $1 act   $2 interim assessment   $3 learner   $4 before   $5 after
SELECT acquis.note($1, 'interim', $2::bigint, $3::bigint, $4::jsonb,
           $5::jsonb);

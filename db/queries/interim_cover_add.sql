-- What a revision took in.
-- $1 interim assessment   $2 revision   $3 evaluation -> sheet revision
INSERT INTO interim_cover (school_id, interim_id, revision, evaluation_id,
                           sheet_revision)
SELECT acquis.school(), $1::bigint, $2::integer, s.key::bigint,
       s.value::integer
  FROM jsonb_each_text($3::jsonb) AS s (key, value);

-- Set all terms of one kind and year: what was closed stays closed since then.
-- $1 first year   $2 kind   $3 frameworks, empty for all   $4 numbers
-- $5 first days   $6 last days   $7 closed by hand
INSERT INTO term AS t (school_id, school_year, kind, index, starts_on,
                       ends_on, framework_ids, closed_at)
SELECT acquis.school(), $1::integer, $2, n.index, n.starts_on, n.ends_on,
       $3::text[], CASE WHEN n.closed THEN now() END
  FROM unnest($4::smallint[], $5::date[], $6::date[], $7::boolean[])
       AS n (index, starts_on, ends_on, closed)
    ON CONFLICT ON CONSTRAINT term_is_one DO UPDATE
   SET starts_on = EXCLUDED.starts_on, ends_on = EXCLUDED.ends_on,
       framework_ids = EXCLUDED.framework_ids,
       closed_at = CASE WHEN EXCLUDED.closed_at IS NOT NULL
                        THEN coalesce(t.closed_at, EXCLUDED.closed_at) END;

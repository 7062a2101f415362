-- Is a day one an evaluation can be of: in the school year, or in the one
-- before or after?  With the ends, as they are told.
-- $1 day, or NULL: any is
SELECT coalesce($1::date BETWEEN d.first AND d.last, true) AS fits,
       to_char(d.first, 'DD/MM/YYYY') AS first_fr,
       to_char(d.last, 'DD/MM/YYYY') AS last_fr,
       d.first::text AS first_en, d.last::text AS last_en
  FROM school o
 CROSS JOIN LATERAL (
       SELECT (o.year_starts_on - interval '1 year')::date AS first,
              (o.year_ends_on + interval '1 year')::date AS last) d
 WHERE o.school_id = acquis.school();

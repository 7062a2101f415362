-- Codes for people; refused as a whole where one cannot have any.
-- $1 people   $2 SHA-256 of their codes, hexadecimal   $3 days they are good
SELECT o.uai, acquis.instant(u.until) AS expires_at,
       acquis.all_written(
           acquis.activation_issue($1::bigint[],
               (SELECT coalesce(array_agg(decode(h, 'hex') ORDER BY n), '{}')
                  FROM unnest($2::text[]) WITH ORDINALITY t (h, n)),
               u.until),
           cardinality($1::bigint[])) AS done
  FROM (SELECT date_trunc('second', now())
               + make_interval(days => $3::integer) AS until) u
  JOIN school o ON o.school_id = acquis.school();

-- Terms of a school year.
-- $1 first year, or NULL for the current one
-- $2 code of a framework that they are asked about, or NULL
SELECT t.id AS key, t.school_year || '-' || t.kind || t.index AS id,
       t.school_year || '-' || t.school_year + 1 AS school_year,
       t.kind, t.index, t.starts_on, t.ends_on,
       to_json(t.framework_ids)::text AS framework_ids,
       acquis.instant(t.closed_at) AS closed_at,
       t.closed_at IS NOT NULL AS closed,
       (coalesce(t.closed_at, (t.ends_on + 1)::timestamp
           AT TIME ZONE 'Europe/Paris') AT TIME ZONE 'Europe/Paris')::date
           AS closes_on,
       (now() AT TIME ZONE 'Europe/Paris')::date AS today,
       (SELECT coalesce(json_agg(json_build_object('code', f.code,
                   'version', f.version::text) ORDER BY f.code), '[]')::text
          FROM framework f
         WHERE f.current AND acquis.term_applies(t, f.id)) AS frameworks,
       $2::text IS NULL OR EXISTS (
           SELECT FROM framework f
            WHERE f.code = $2 AND acquis.term_applies(t, f.id)) AS applies
  FROM term t
  JOIN school o ON o.school_id = t.school_id
 WHERE t.school_id = acquis.school()
   AND t.school_year = coalesce($1::integer, o.school_year)
 ORDER BY t.kind, t.index;

-- Traces that the caller may see, newest first.
-- $1 person who acted, or NULL   $2 learner, or NULL   $3 acts, or NULL
-- $4 first day and $5 last, or NULL   $6 trace to start after, or NULL
-- $7 how many
WITH wanted AS (
    SELECT coalesce($4::date::timestamp AT TIME ZONE 'Europe/Paris',
                    '-infinity') AS since,
           coalesce(($5::date + 1)::timestamp AT TIME ZONE 'Europe/Paris',
                    'infinity') AS until,
           coalesce($6::bigint, 9223372036854775807) AS before
), found AS (
    (SELECT t.id
       FROM seen_trace t, wanted w
      WHERE $2::bigint IS NULL
        AND t.id < w.before AND t.at >= w.since AND t.at < w.until
        AND ($1::bigint IS NULL OR t.person_id = $1)
        AND ($3::text[] IS NULL OR t.act = ANY ($3))
      ORDER BY t.id DESC
      LIMIT $7::integer)
    UNION
    (SELECT t.id
       FROM wanted w, (
            SELECT f.id FROM trace f
             WHERE f.school_id = acquis.school() AND f.learner_id = $2
             UNION ALL
            SELECT f.trace_id FROM trace_file f
             WHERE f.school_id = acquis.school() AND f.learner_id = $2) k
       JOIN seen_trace t ON t.id = k.id
      WHERE t.id < w.before AND t.at >= w.since AND t.at < w.until
        AND ($1::bigint IS NULL OR t.person_id = $1)
        AND ($3::text[] IS NULL OR t.act = ANY ($3))
      ORDER BY t.id DESC
      LIMIT $7::integer)
    UNION
    (SELECT t.id
       FROM seen_reader t, wanted w
      WHERE ($2::bigint IS NULL OR t.whose = $2)
        AND t.id < w.before AND t.at >= w.since AND t.at < w.until
        AND ($1::bigint IS NULL OR t.person_id = $1)
        AND ($3::text[] IS NULL OR t.act = ANY ($3))
      ORDER BY t.id DESC
      LIMIT $7::integer)
)
SELECT t.id, acquis.instant(t.at) AS at, t.kind, t.act, t.page, t.subject,
       t.subject_id,
       CASE WHEN p.id IS NOT NULL THEN json_build_object('id', p.id::text,
           'first_name', p.first_name,
           'last_name', coalesce(p.usual_name, p.last_name)) END AS person,
       CASE WHEN a.id IS NOT NULL THEN json_build_object('id', a.id::text,
           'name', a.name) END AS access,
       CASE WHEN l.id IS NOT NULL THEN json_build_object('id', l.id::text,
           'first_name', l.first_name,
           'last_name', coalesce(l.usual_name, l.last_name)) END AS learner,
       CASE WHEN s.id IS NOT NULL THEN json_build_object('id', s.id::text,
           'first_name', s.first_name,
           'last_name', coalesce(s.usual_name, s.last_name)) END AS account,
       CASE WHEN g.id IS NOT NULL THEN json_build_object('id', g.id::text,
           'code', g.code) END AS class,
       concat_ws(' ', p.first_name, coalesce(p.usual_name, p.last_name),
           a.name) AS who,
       concat_ws(' ', l.first_name, coalesce(l.usual_name, l.last_name),
           g.code, s.first_name, coalesce(s.usual_name, s.last_name)) AS whose,
       -- Whose file it is learns who, and not from which machine.
       CASE WHEN acquis.roles() & 15 <> 0 THEN host(t.address) END AS address,
       CASE WHEN acquis.roles() & 15 <> 0 THEN t.request_id END AS request_id
  FROM found
  JOIN trace t ON t.school_id = acquis.school() AND t.id = found.id
  LEFT JOIN person p ON p.school_id = t.school_id AND p.id = t.person_id
  LEFT JOIN partner_access a ON a.school_id = t.school_id
                            AND a.id = t.access_id
  LEFT JOIN person l ON l.school_id = t.school_id AND l.id = t.learner_id
  LEFT JOIN person s ON s.school_id = t.school_id AND t.subject = 'person'
                    AND s.id = t.subject_id
  LEFT JOIN class_group g ON g.school_id = t.school_id
                         AND t.subject = 'class_group'
                         AND g.id = t.subject_id
 ORDER BY t.id DESC
 LIMIT $7;

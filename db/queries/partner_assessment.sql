-- One assessment of the feed, and its line in the log.
-- $1 interim assessment   $2 what was asked   $3 from which address
WITH logged AS (
    INSERT INTO partner_pull (school_id, access_id, address, request, items)
    SELECT acquis.school(), acquis.access(), $3::inet, $2, count(*)
      FROM interim i
     WHERE i.school_id = acquis.school()
       AND i.id = $1::bigint
       AND i.withdrawn_at IS NULL
)
SELECT i.id, i.partner_rev, i.framework_key,
       t.school_year || '-' || t.kind || t.index AS period, t.kind, t.index,
       t.starts_on, t.ends_on, t.closed_at IS NOT NULL AS closed,
       (now() AT TIME ZONE 'Europe/Paris')::date AS today,
       f.code, f.version, l.ref AS learner,
       acquis.instant(i.withdrawn_at) AS withdrawn_at,
       acquis.instant(r.confirmed_at) AS validated_at, r.positions,
       CASE WHEN length(r.advice) > 2000
            THEN left(r.advice, 1999) || '…' ELSE r.advice END AS advice,
       r.findings, a.staff_key, a.staff_type, a.last_name, a.first_name,
       (SELECT g.value
          FROM grade g
         WHERE g.school_id = i.school_id AND g.interim_id = i.id
           AND g.interim_revision = i.revision
         ORDER BY g.revision DESC
         LIMIT 1) AS grade
  FROM interim i
  JOIN term t ON t.school_id = i.school_id AND t.id = i.term_id
  JOIN framework f ON f.key = i.framework_key
  JOIN partner_learner l ON l.school_id = i.school_id AND l.id = i.learner_id
  JOIN interim_revision r ON r.school_id = i.school_id
                         AND r.interim_id = i.id AND r.revision = i.revision
  JOIN person a ON a.school_id = r.school_id AND a.id = r.author_id
 WHERE i.school_id = acquis.school()
   AND i.id = $1::bigint;

-- Who changed what about a learner, newest first: the own lines and what was
-- done to evaluations the learner is in.  A teacher finds the own acts only.
-- $1 learner   $2 acts, or NULL   $3 entry to start after, or NULL
-- $4 how many
WITH entry AS (
    (SELECT j.school_id, j.id
       FROM journal j
      WHERE j.school_id = acquis.school()
        AND j.learner_id = $1::bigint
        AND ($2::text[] IS NULL OR j.act = ANY ($2))
        AND ($3::bigint IS NULL OR j.id < $3)
        AND (acquis.roles() & 6 <> 0 OR j.person_id = acquis.person())
      ORDER BY j.id DESC
      LIMIT $4::integer)
    UNION ALL
    (SELECT j.school_id, j.id
       FROM sheet s
       JOIN journal j ON j.school_id = s.school_id
                     AND j.subject_id = s.evaluation_id
                     AND j.subject = 'evaluation' AND j.learner_id IS NULL
      WHERE s.school_id = acquis.school()
        AND s.learner_id = $1::bigint
        AND ($2::text[] IS NULL OR j.act = ANY ($2))
        AND ($3::bigint IS NULL OR j.id < $3)
        AND (acquis.roles() & 6 <> 0 OR j.person_id = acquis.person())
      ORDER BY j.id DESC
      LIMIT $4::integer)
)
SELECT j.id, acquis.instant(j.at) AS at, j.act, j.subject, j.subject_id,
       j.before, j.after, j.request_id,
       CASE WHEN p.id IS NOT NULL THEN json_build_object('id', p.id::text,
           'first_name', p.first_name,
           'last_name', coalesce(p.usual_name, p.last_name)) END AS person,
       CASE j.subject
       WHEN 'evaluation' THEN (
           SELECT e.title FROM evaluation e
            WHERE e.school_id = j.school_id AND e.id = j.subject_id)
       WHEN 'interim' THEN (
           SELECT to_char(i.confirmed_at, 'YYYY-MM-DD') FROM interim i
            WHERE i.school_id = j.school_id AND i.id = j.subject_id)
       END AS title
  FROM entry
  JOIN journal j ON j.school_id = entry.school_id AND j.id = entry.id
  LEFT JOIN person p ON p.school_id = j.school_id AND p.id = j.person_id
 ORDER BY j.id DESC
 LIMIT $4;

-- The interim assessment being prepared, and what a confirmation would take
-- in now.  One row even before the first save, with revision 0.
-- $1 learner   $2 framework   $3 key of its current version
SELECT coalesce(d.revision, 0) AS revision, d.positions, d.findings,
       d.advice, a.ref::text AS author, acquis.instant(d.modified_at)
           AS modified_at,
       d.seen IS NOT NULL
           AND d.seen <> acquis.seen_now($1::bigint, $2) AS changed,
       (SELECT coalesce(json_agg(json_build_object('id', e.id::text,
                   'revision', t.sheet_revision, 'title', e.title,
                   'complexity', e.complexity, 'context', e.context,
                   'assessed_on', e.assessed_on)
                   ORDER BY e.assessed_on, e.id), '[]')::text
          FROM takeable t
          JOIN evaluation e ON e.school_id = t.school_id
                           AND e.id = t.evaluation_id
         WHERE t.school_id = acquis.school()
           AND t.learner_id = $1::bigint
           AND t.framework_id = $2) AS evaluations
  FROM (SELECT acquis.school() AS school_id) o
  LEFT JOIN draft d ON d.school_id = o.school_id
                   AND d.learner_id = $1::bigint
                   AND d.framework_key = $3::integer
  LEFT JOIN person_ref a ON a.school_id = d.school_id AND a.id = d.author_id;

-- Whose dashboard it is, and of which framework; no row where the caller may
-- not look or the class has no diploma.  The rest of the batch is about whom
-- this finds.
--
-- The classes and groups of a learner are read once: the class is the first of
-- them, and whoever teaches any of them writes the draft (taught_learner).
-- $1 learner   $2 framework, or NULL: that of the class
SELECT p.id, p.first_name, coalesce(p.usual_name, p.last_name) AS last_name,
       p.track, c.class_id, c.class_code, f.key AS framework_key,
       d.access AS draft_access,
       set_config('acquis.learner', p.id::text, true) AS learner,
       set_config('acquis.frameworks', f.keys::text, true) AS frameworks,
       set_config('acquis.draft',
           CASE WHEN d.access <> 'none' THEN p.id::text END, true) AS draft
  FROM person p
  LEFT JOIN LATERAL (
       SELECT CASE g.kind WHEN 'class' THEN g.id END AS class_id,
              CASE g.kind WHEN 'class' THEN g.code END AS class_code,
              CASE g.kind WHEN 'class' THEN g.framework_id END
                  AS framework_id,
              bool_or(acquis.roles() & 8 <> 0 AND g.active AND EXISTS (
                  SELECT FROM teaching t
                   WHERE t.school_id = acquis.school()
                     AND t.class_id = g.id
                     AND t.teacher_id = acquis.person())) OVER () AS taught
         FROM enrolment n
         JOIN class_group g ON g.school_id = n.school_id
                           AND g.id = n.class_id
        WHERE n.school_id = acquis.school() AND n.learner_id = p.id
          AND n.active
        ORDER BY g.kind = 'class' DESC, g.school_year DESC, g.id DESC
        LIMIT 1) c ON true
 CROSS JOIN LATERAL (
       SELECT max(v.key) FILTER (WHERE v.current) AS key,
              array_agg(v.key) AS keys
         FROM framework v
        WHERE v.id = coalesce($2, c.framework_id)
       HAVING bool_or(v.current)) f
 CROSS JOIN LATERAL (
       SELECT CASE WHEN c.taught THEN 'write'
                   WHEN acquis.roles() & 2 <> 0 THEN 'read'
                   ELSE 'none' END AS access) d
 WHERE p.school_id = acquis.school()
   AND p.id = $1::bigint
   AND p.track IS NOT NULL
   AND acquis.reads_learner(p.id);

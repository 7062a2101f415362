-- Whose dashboard it is, and of which framework; no row where the caller may
-- not look or the class has no diploma.  The rest of the batch is about whom
-- this finds.  Most who look teach the class: groups are for the others.
-- $1 learner   $2 framework, or NULL: that of the class
SELECT p.id, p.first_name, coalesce(p.usual_name, p.last_name) AS last_name,
       p.track, c.class_id, c.class_code, f.key AS framework_key,
       CASE WHEN c.taught OR acquis.teaches_learner(p.id) THEN 'write'
            WHEN acquis.roles() & 2 <> 0 THEN 'read'
            ELSE 'none' END AS draft_access,
       set_config('acquis.learner', p.id::text, true) AS learner,
       set_config('acquis.frameworks',
           ARRAY(SELECT v.key FROM framework v WHERE v.id = f.id)::text,
           true) AS frameworks
  FROM person p
  LEFT JOIN LATERAL (
       SELECT l.class_id, l.class_code, l.framework_id,
              acquis.roles() & 8 <> 0 AND EXISTS (
                  SELECT FROM teaching t
                    JOIN class_group g ON g.school_id = t.school_id
                                      AND g.id = t.class_id
                   WHERE t.school_id = l.school_id
                     AND t.class_id = l.class_id
                     AND t.teacher_id = acquis.person()
                     AND g.active) AS taught
         FROM learner_class l
        WHERE l.school_id = p.school_id AND l.learner_id = p.id
        LIMIT 1) c ON true
  JOIN framework f ON f.id = coalesce($2, c.framework_id) AND f.current
 WHERE p.school_id = acquis.school()
   AND p.id = $1::bigint
   AND p.track IS NOT NULL
   AND acquis.reads_learner(p.id);

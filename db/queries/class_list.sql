-- Classes and groups of a year; a teacher's are those taught.
-- $1 first year of the school year, or NULL for the current one
-- $2 framework, or NULL   $3 class to start after, or NULL   $4 how many
SELECT g.id, g.code, g.name, g.framework_id, g.class_level,
       g.school_year || '-' || g.school_year + 1 AS school_year, g.mef,
       (SELECT count(*) FROM enrolment n
         WHERE n.school_id = g.school_id AND n.class_id = g.id
           AND n.active) AS learner_count
  FROM class_group g
  JOIN school o ON o.school_id = g.school_id
  JOIN seen_class s ON s.school_id = g.school_id AND s.class_id = g.id
 WHERE g.school_id = acquis.school()
   AND g.active
   AND g.school_year = coalesce($1::integer, o.school_year)
   AND ($2::text IS NULL OR g.framework_id = $2)
   AND (acquis.roles() & 15 <> 8
        OR EXISTS (SELECT FROM teaching t
                    WHERE t.school_id = g.school_id AND t.class_id = g.id
                      AND t.teacher_id = acquis.person()))
   AND ($3::bigint IS NULL
        OR (g.code, g.id) > (SELECT a.code, a.id FROM class_group a
                              WHERE a.school_id = acquis.school()
                                AND a.id = $3))
 ORDER BY g.code, g.id
 LIMIT $4::integer;

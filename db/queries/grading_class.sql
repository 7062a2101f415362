-- A class as the grading window and the exports need it.
-- $1 class or group
SELECT json_build_object('id', g.id::text, 'code', g.code, 'name', g.name,
           'framework_id', g.framework_id, 'class_level', g.class_level,
           'school_year', g.school_year || '-' || g.school_year + 1,
           'mef', g.mef,
           'learner_count', (SELECT count(*)
              FROM enrolment n
              JOIN person p ON p.school_id = n.school_id
                           AND p.id = n.learner_id
             WHERE n.school_id = g.school_id AND n.class_id = g.id
               AND n.active AND p.active)) AS class,
       g.code, g.framework_id,
       o.value_table, o.intermediate_factor_bp, o.rounding
  FROM class_group g
  JOIN school o ON o.school_id = g.school_id
 WHERE g.school_id = acquis.school()
   AND g.id = $1::bigint
   AND acquis.follows_class(g.id);

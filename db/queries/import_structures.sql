-- Classes and groups of this year.
SELECT g.id AS class_id, g.kind = 'group' AS is_group, g.active, g.code,
       g.name AS label, g.mef
  FROM class_group g
  JOIN school o ON o.school_id = g.school_id
               AND o.school_year = g.school_year
 WHERE g.school_id = acquis.school()
 ORDER BY g.id;

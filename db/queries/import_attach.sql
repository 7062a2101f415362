-- Attach the classes of this year to the diploma of their training, and each
-- group to that of its classes when they have one in common.
WITH attached AS (
    UPDATE class_group g
       SET framework_id = m.framework_id, class_level = m.class_level
      FROM mef m, school o
     WHERE o.school_id = acquis.school()
       AND g.school_id = o.school_id AND g.school_year = o.school_year
       AND m.school_id = g.school_id AND m.mef = g.mef
       AND m.framework_id IS NOT NULL
       AND (g.framework_id, g.class_level)
           IS DISTINCT FROM (m.framework_id, m.class_level)
    RETURNING g.id
), common AS (
    SELECT k.group_id, min(m.framework_id) AS framework_id,
           min(m.class_level) AS class_level
      FROM group_class k
      JOIN class_group c ON c.school_id = k.school_id AND c.id = k.class_id
      JOIN mef m ON m.school_id = c.school_id AND m.mef = c.mef
     WHERE k.school_id = acquis.school()
     GROUP BY k.group_id
    HAVING min(m.framework_id) = max(m.framework_id)
       AND count(m.framework_id) = count(*)
)
UPDATE class_group g
   SET framework_id = s.framework_id, class_level = s.class_level
  FROM common s, school o
 WHERE o.school_id = acquis.school()
   AND g.school_id = o.school_id AND g.school_year = o.school_year
   AND g.kind = 'group' AND g.id = s.group_id
   AND (g.framework_id, g.class_level)
       IS DISTINCT FROM (s.framework_id, s.class_level);

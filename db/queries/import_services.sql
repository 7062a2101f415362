-- Who teaches what, as far as files have said; the row of a head teacher has no subject.
SELECT t.teacher_id AS staff_id, g.kind = 'group' AS is_group, g.code,
       nullif(t.subject, '') AS subject, t.head_teacher
  FROM teaching t
  JOIN class_group g ON g.school_id = t.school_id AND g.id = t.class_id
  JOIN school o ON o.school_id = g.school_id
               AND o.school_year = g.school_year
 WHERE t.school_id = acquis.school()
   AND t.source = 'import'
 ORDER BY t.teacher_id, t.class_id, t.subject;

-- Services that are no more.
-- $1 rows, JSON (api/import_apply.c)
DELETE FROM teaching t
 USING jsonb_to_recordset($1::jsonb) AS x (id bigint, kind text, code text,
           subject text, active boolean), class_group g, school o
 WHERE o.school_id = acquis.school()
   AND g.school_id = o.school_id AND g.school_year = o.school_year
   AND g.kind = x.kind AND g.code = x.code
   AND t.school_id = g.school_id AND t.class_id = g.id
   AND t.teacher_id = x.id AND t.subject = x.subject
   AND NOT x.active;

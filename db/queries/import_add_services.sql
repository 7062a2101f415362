-- New services.
-- $1 rows, JSON (api/import_apply.c)
INSERT INTO teaching (school_id, class_id, teacher_id, subject, head_teacher)
SELECT g.school_id, g.id, x.id, x.subject, x.head
  FROM jsonb_to_recordset($1::jsonb) AS x (id bigint, kind text, code text,
           subject text, head boolean, active boolean)
  JOIN school o ON o.school_id = acquis.school()
  JOIN class_group g ON g.school_id = o.school_id
                    AND g.school_year = o.school_year
                    AND g.kind = x.kind AND g.code = x.code
 WHERE x.active
ON CONFLICT DO NOTHING;

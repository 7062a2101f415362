-- The role each has by being in the files; what the administrator gave stays.
-- $1 rows, JSON (api/import_apply.c)
INSERT INTO person_role (school_id, person_id, role)
SELECT acquis.school(), x.id, x.role
  FROM jsonb_to_recordset($1::jsonb) AS x (id bigint, role text,
           active boolean)
 WHERE x.role IS NOT NULL AND x.active
ON CONFLICT DO NOTHING;

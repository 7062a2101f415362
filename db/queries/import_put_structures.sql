-- Classes and groups of this year: made, renamed, opened again, closed.
-- $1 rows, JSON (api/import_apply.c)
INSERT INTO class_group AS g (school_id, school_year, kind, code, name, mef,
                              active)
SELECT o.school_id, o.school_year, x.kind, x.code, x.name, x.mef, x.active
  FROM jsonb_to_recordset($1::jsonb) AS x (kind text, code text, name text,
           mef text, active boolean)
  JOIN school o ON o.school_id = acquis.school()
ON CONFLICT (school_id, school_year, kind, code) DO UPDATE
   SET name = EXCLUDED.name, mef = coalesce(EXCLUDED.mef, g.mef),
       active = EXCLUDED.active;

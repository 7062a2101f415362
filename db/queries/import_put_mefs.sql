-- The trainings met, and what diploma and level each is: as said by the
-- administrator, else as known, else as suggested.
-- $1 rows, JSON (api/import_apply.c)
INSERT INTO mef AS m (school_id, mef, label, framework_id, class_level)
SELECT acquis.school(), x.mef, x.label, f.id,
       CASE WHEN f.id IS NOT NULL THEN x.level END
  FROM jsonb_to_recordset($1::jsonb) AS x (mef text, label text,
           framework text, level text)
  LEFT JOIN framework f ON f.id = x.framework AND f.current
ON CONFLICT (school_id, mef) DO UPDATE
   SET label = coalesce(EXCLUDED.label, m.label),
       framework_id = EXCLUDED.framework_id,
       class_level = EXCLUDED.class_level;

-- Who enters and who leaves which class and groups.
-- $1 rows, JSON (api/import_apply.c)
INSERT INTO enrolment (school_id, class_id, learner_id, active)
SELECT g.school_id, g.id, x.id, x.active
  FROM jsonb_to_recordset($1::jsonb) AS x (id bigint, kind text, code text,
           active boolean)
  JOIN school o ON o.school_id = acquis.school()
  JOIN class_group g ON g.school_id = o.school_id
                    AND g.school_year = o.school_year
                    AND g.kind = x.kind AND g.code = x.code
ON CONFLICT (school_id, class_id, learner_id) DO UPDATE
   SET active = EXCLUDED.active,
       since = CASE WHEN EXCLUDED.active THEN current_date
                    ELSE enrolment.since END;

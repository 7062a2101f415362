-- Ties of guardians to learners: made, changed, ended.
-- $1 rows, JSON (api/import_apply.c)
INSERT INTO guardianship (school_id, learner_id, guardian_id, level,
                          parent_code, legal, rank, active)
SELECT acquis.school(), x.learner, x.guardian, x.level::smallint,
       x.parent_code, x.legal, x.rank, x.active
  FROM jsonb_to_recordset($1::jsonb) AS x (learner bigint, guardian bigint,
           level text, parent_code text, legal boolean, rank smallint,
           active boolean)
ON CONFLICT (school_id, learner_id, guardian_id) DO UPDATE
   SET level = EXCLUDED.level, parent_code = EXCLUDED.parent_code,
       legal = EXCLUDED.legal, rank = EXCLUDED.rank,
       active = EXCLUDED.active, source = 'import';

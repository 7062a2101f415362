-- One interim assessment for print, and those before it: oldest first.
-- $1 interim assessment
SELECT i.id, i.learner_id, i.framework_key, i.day, i.author, i.revision,
       i.positions, i.findings, i.advice, i.first_name, i.last_name,
       i.birth_date, i.class_name, i.school_name, i.uai, i.city, i.grade
  FROM interim_print i
  JOIN interim_print w ON w.school_id = i.school_id
                      AND w.learner_id = i.learner_id
                      AND w.framework_id = i.framework_id
 WHERE w.school_id = acquis.school()
   AND w.id = $1::bigint
   AND (i.confirmed_at, i.id) <= (w.confirmed_at, w.id)
 ORDER BY i.confirmed_at, i.id;

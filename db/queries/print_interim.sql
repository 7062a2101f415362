-- One interim assessment for print, and those before it: oldest first.
-- $1 interim assessment
WITH w AS MATERIALIZED (
    SELECT i.id, i.learner_id, i.confirmed_at, k.id AS framework_id
      FROM interim i
      JOIN framework k ON k.key = i.framework_key
     WHERE i.school_id = acquis.school()
       AND i.id = $1::bigint)
SELECT i.id, i.learner_id, i.framework_key, i.day, i.author, i.revision,
       i.positions, i.findings, i.advice, i.first_name, i.last_name,
       i.birth_date, i.class_name, i.school_name, i.uai, i.city, i.grade,
       acquis.follows_learner(i.learner_id) AS followed
  FROM interim_print i
 WHERE i.school_id = acquis.school()
   AND i.learner_id = (SELECT w.learner_id FROM w)
   AND i.framework_id = (SELECT w.framework_id FROM w)
   AND (i.confirmed_at, i.id) <= (SELECT w.confirmed_at, w.id FROM w)
 ORDER BY i.confirmed_at, i.id;

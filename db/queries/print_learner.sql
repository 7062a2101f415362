-- All interim assessments of a learner for print, oldest first.
-- $1 learner   $2 framework, or NULL: that of the class
SELECT i.id, i.learner_id, i.framework_key, i.day, i.author, i.revision,
       i.positions, i.findings, i.advice, i.first_name, i.last_name,
       i.birth_date, i.class_name, i.school_name, i.uai, i.city, i.grade,
       acquis.follows_learner(i.learner_id) AS followed
  FROM interim_print i
 WHERE i.school_id = acquis.school()
   AND i.learner_id = $1::bigint
   AND i.framework_id = coalesce($2, (
           SELECT c.framework_id
             FROM learner_class c
            WHERE c.school_id = acquis.school()
              AND c.learner_id = $1::bigint))
 ORDER BY i.confirmed_at, i.id;

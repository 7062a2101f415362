-- All interim assessments of the learners of a class or group in the framework
-- of their class, for print: learner by learner, in the order of the list.
-- $1 class
SELECT i.id, i.learner_id, i.framework_key, i.day, i.author, i.revision,
       i.positions, i.findings, i.advice, i.first_name, i.last_name,
       i.birth_date, i.class_name, i.school_name, i.uai, i.city, i.grade
  FROM interim_print i
  JOIN enrolment n ON n.school_id = i.school_id
                  AND n.learner_id = i.learner_id AND n.active
  JOIN class_group g ON g.school_id = n.school_id AND g.id = n.class_id
  JOIN learner_class c ON c.school_id = i.school_id
                      AND c.learner_id = i.learner_id
  JOIN person p ON p.school_id = i.school_id AND p.id = i.learner_id
 WHERE i.school_id = acquis.school()
   AND g.id = $1::bigint
   AND i.framework_id = coalesce(g.framework_id, c.framework_id)
 ORDER BY acquis.fold(p.last_name), acquis.fold(p.first_name), p.id,
          i.confirmed_at, i.id;

-- Learners of a class, with how many assessments each has.
-- $1 class
SELECT n.learner_id AS id,
       (SELECT count(*) FROM interim i
         WHERE i.school_id = n.school_id AND i.learner_id = n.learner_id)
           AS interims
  FROM enrolment n
 WHERE n.school_id = acquis.school() AND n.class_id = $1::bigint AND n.active
 ORDER BY n.learner_id;

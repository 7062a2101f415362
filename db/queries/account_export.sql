-- Accounts of the learners of a class; never what opens them.
-- $1 class
SELECT p.last_name, p.first_name, g.code AS class_code, p.login,
       p.birth_date, p.active, a.password
  FROM class_group g
  JOIN enrolment n ON n.school_id = g.school_id AND n.class_id = g.id
                  AND n.active
  JOIN person p ON p.school_id = n.school_id AND p.id = n.learner_id
 CROSS JOIN LATERAL acquis.account(p.id) a
 WHERE g.school_id = acquis.school()
   AND g.id = $1::bigint
 ORDER BY acquis.fold(p.last_name), acquis.fold(p.first_name), p.id;

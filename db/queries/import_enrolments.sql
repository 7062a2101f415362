-- Who is in which class and groups of this year, in the order of learners.
SELECT n.learner_id, g.kind = 'group' AS is_group, g.code
  FROM enrolment n
  JOIN class_group g ON g.school_id = n.school_id AND g.id = n.class_id
  JOIN school o ON o.school_id = g.school_id
               AND o.school_year = g.school_year
 WHERE n.school_id = acquis.school()
   AND n.active
 ORDER BY n.learner_id, g.code;

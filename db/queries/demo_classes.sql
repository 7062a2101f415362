-- Classes of a diploma, and how far their year has been written.
-- $1 diploma   $2 teacher
SELECT g.id, g.code,
       (SELECT count(DISTINCT e.id)
          FROM evaluation e
          JOIN sheet s ON s.school_id = e.school_id
                      AND s.evaluation_id = e.id
          JOIN enrolment n ON n.school_id = s.school_id
                          AND n.learner_id = s.learner_id
                          AND n.class_id = g.id
         WHERE e.school_id = g.school_id AND e.author_id = $2::bigint)
           AS evaluations
  FROM class_group g
  JOIN teaching t ON t.school_id = g.school_id AND t.class_id = g.id
                 AND t.teacher_id = $2
 WHERE g.school_id = acquis.school() AND g.kind = 'class'
   AND g.framework_id = $1 AND g.active
 GROUP BY g.school_id, g.id, g.code
 ORDER BY g.code;

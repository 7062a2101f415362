-- All interim assessments of the learners of a class or group in the framework
-- of their class, for print: learner by learner, in the order of the list.
-- $1 class
WITH l AS MATERIALIZED (
    SELECT p.id, g.framework_id,
           row_number() OVER (ORDER BY acquis.fold(p.last_name),
               acquis.fold(p.first_name), p.id) AS place
      FROM class_group g
      JOIN enrolment n ON n.school_id = g.school_id AND n.class_id = g.id
                      AND n.active
      JOIN person p ON p.school_id = n.school_id AND p.id = n.learner_id
     WHERE g.school_id = acquis.school()
       AND g.id = $1::bigint)
SELECT i.id, i.learner_id, i.framework_key, i.day, i.author, i.revision,
       i.positions, i.findings, i.advice, i.first_name, i.last_name,
       i.birth_date, i.class_name, i.school_name, i.uai, i.city, i.grade,
       (SELECT acquis.follows_class($1::bigint)) AS followed
  FROM l
  JOIN interim_print i ON i.learner_id = l.id
 WHERE i.school_id = acquis.school()
   AND i.learner_id = ANY ((SELECT array_agg(l.id) FROM l)::bigint[])
   AND i.framework_id = coalesce(l.framework_id, (
           SELECT c.framework_id
             FROM learner_class c
            WHERE c.school_id = acquis.school()
              AND c.learner_id = l.id))
 ORDER BY l.place, i.confirmed_at, i.id;

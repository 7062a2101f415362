-- How much of everything there is for the caller: a teacher's is what is
-- taught, others' what they may see.
WITH mine AS (
    SELECT DISTINCT v.learner_id
      FROM seen_learner v
     WHERE acquis.roles() & 15 <> 8
        OR v.learner_id IN (SELECT t.learner_id FROM taught_learner t)
)
SELECT (SELECT count(*) FROM seen_class c
          JOIN class_group g ON g.school_id = c.school_id
                            AND g.id = c.class_id
          JOIN school o ON o.school_id = g.school_id
         WHERE c.school_id = acquis.school()
           AND g.active AND g.school_year = o.school_year
           AND (acquis.roles() & 15 <> 8
                OR EXISTS (SELECT FROM teaching t
                            WHERE t.school_id = g.school_id
                              AND t.class_id = g.id
                              AND t.teacher_id = acquis.person())))
           AS classes,
       (SELECT count(*) FROM mine
          JOIN person p ON p.school_id = acquis.school()
                       AND p.id = mine.learner_id
         WHERE p.active) AS learners,
       (SELECT count(*) FROM evaluation e
          JOIN school o ON o.school_id = e.school_id
         WHERE e.school_id = acquis.school()
           AND e.deleted_at IS NULL
           AND e.school_year = o.school_year
           AND acquis.roles() & 62 <> 0
           AND (acquis.reads_results() OR e.visible)
           AND EXISTS (SELECT FROM sheet s
                        WHERE s.school_id = e.school_id
                          AND s.evaluation_id = e.id AND s.active
                          AND s.learner_id IN (SELECT learner_id FROM mine)))
           AS evaluations,
       (SELECT count(*) FROM interim i
         WHERE i.school_id = acquis.school()
           AND acquis.roles() & 62 <> 0
           AND i.learner_id IN (SELECT learner_id FROM mine))
           AS interim_assessments;

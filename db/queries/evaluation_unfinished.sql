-- The caller's own evaluations of this year with empty cells, oldest first.
WITH page AS (
    SELECT e.id
      FROM evaluation e
      JOIN school o ON o.school_id = e.school_id
     WHERE e.school_id = acquis.school()
       AND e.author_id = acquis.person()
       AND acquis.roles() & 8 <> 0
       AND e.deleted_at IS NULL
       AND e.frozen = 0
       AND e.school_year = o.school_year
       AND EXISTS (
            SELECT FROM sheet s
             WHERE s.school_id = e.school_id AND s.evaluation_id = e.id
               AND s.active
               AND acquis.marks_filled(s.marks, e.dropped)
                   < cardinality(e.items) - cardinality(e.dropped))
     ORDER BY e.assessed_on, e.id
     LIMIT 20
), codes AS (
    SELECT s.evaluation_id, json_agg(DISTINCT g.code ORDER BY g.code) AS codes
      FROM page
      JOIN sheet s ON s.school_id = acquis.school()
                  AND s.evaluation_id = page.id AND s.active
      JOIN enrolment n ON n.school_id = s.school_id
                      AND n.learner_id = s.learner_id AND n.active
      JOIN class_group g ON g.school_id = n.school_id AND g.id = n.class_id
                        AND g.kind = 'class'
     WHERE acquis.reads_results()
        OR s.learner_id IN (SELECT v.learner_id FROM seen_learner v)
     GROUP BY s.evaluation_id
)
SELECT e.id, e.title, e.framework_id, e.complexity, e.context, e.class_level,
       e.school_year, e.assessed_on, e.modified_at, e.visible, e.author_id,
       e.author_first_name, e.author_last_name, e.revision, e.filled,
       e.expected, e.frozen,
       coalesce(codes.codes, '[]') AS class_codes
  FROM page
  JOIN seen_evaluation e ON e.school_id = acquis.school() AND e.id = page.id
  LEFT JOIN codes ON codes.evaluation_id = e.id
 ORDER BY e.assessed_on, e.id;

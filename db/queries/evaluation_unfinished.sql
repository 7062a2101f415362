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
)
SELECT e.id, e.title, e.framework_id, e.complexity, e.context, e.class_level,
       e.school_year, e.assessed_on, e.modified_at, e.visible, e.author_id,
       e.author_first_name, e.author_last_name, e.revision, e.filled,
       e.expected, e.frozen, e.class_codes
  FROM page
  JOIN seen_evaluation e ON e.school_id = acquis.school() AND e.id = page.id
 ORDER BY e.assessed_on, e.id;

-- Evaluations of a year, newest first.
-- $1 classes, or NULL   $2 framework, or NULL   $3 class level, or NULL
-- $4 first year of the school year, or NULL for the current one
-- $5 words of the title or digits of the date, or NULL
-- $6 only with empty cells   $7 evaluation to start after, or NULL
-- $8 how many
WITH page AS (
    SELECT e.id,
           CASE o.order_by WHEN 'modification' THEN e.modified_at
                ELSE e.assessed_on END AS place
      FROM evaluation e
      JOIN school o ON o.school_id = e.school_id
     WHERE e.school_id = acquis.school()
       AND e.deleted_at IS NULL
       AND e.school_year = coalesce($4::integer, o.school_year)
       AND ($2::text IS NULL OR e.framework_key IN (
            SELECT f.key FROM framework f WHERE f.id = $2))
       AND ($3::text IS NULL OR e.class_level = $3)
       AND ($5::text IS NULL OR acquis.words_in($5,
            acquis.fold(e.title) || to_char(e.assessed_on,
                ' DD/MM/YYYY DDMMYYYY YYYY-MM-DD')))
       AND (acquis.roles() & 6 <> 0
            OR (acquis.roles() & 8 <> 0 AND (e.author_id = acquis.person()
                OR e.id IN (SELECT t.evaluation_id FROM taught_evaluation t)))
            OR (acquis.roles() & 1 = 0 AND e.visible
                AND e.id IN (SELECT o.evaluation_id FROM own_evaluation o)))
       AND ($1::bigint[] IS NULL OR EXISTS (
            SELECT FROM sheet s
              JOIN enrolment n ON n.school_id = s.school_id
                              AND n.learner_id = s.learner_id
             WHERE s.school_id = e.school_id AND s.evaluation_id = e.id
               AND s.active AND n.active AND n.class_id = ANY ($1)))
       AND (NOT $6::boolean OR EXISTS (
            SELECT FROM sheet s
             WHERE s.school_id = e.school_id AND s.evaluation_id = e.id
               AND s.active
               AND (acquis.reads_results() OR s.learner_id IN (
                    SELECT v.learner_id FROM seen_learner v))
               AND acquis.marks_filled(s.marks, e.dropped)
                   < cardinality(e.items) - cardinality(e.dropped)))
       AND ($7::bigint IS NULL
            OR (CASE o.order_by WHEN 'modification' THEN e.modified_at
                     ELSE e.assessed_on END, -e.id)
             < (SELECT CASE o.order_by WHEN 'modification' THEN a.modified_at
                            ELSE a.assessed_on END, -a.id
                  FROM evaluation a
                 WHERE a.school_id = acquis.school() AND a.id = $7))
     ORDER BY place DESC, e.id
     LIMIT $8::integer
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
 ORDER BY page.place DESC, e.id;

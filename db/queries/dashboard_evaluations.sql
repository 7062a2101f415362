-- The evaluations of a learner with their marks: those already taken into an
-- interim assessment first, then in the order of the settings (M-196, M-197).
-- $1 learner   $2 framework, or NULL: that of the class
SELECT e.id, e.framework_key, e.title, e.complexity, e.context,
       e.class_level, e.assessed_on, s.frozen > 0 AS taken, e.items,
       e.dropped, s.marks, a.id AS author_id, a.first_name,
       coalesce(a.usual_name, a.last_name) AS last_name
  FROM sheet s
  JOIN evaluation e ON e.school_id = s.school_id AND e.id = s.evaluation_id
  JOIN person a ON a.school_id = e.school_id AND a.id = e.author_id
  JOIN school o ON o.school_id = s.school_id
 WHERE s.school_id = acquis.school()
   AND s.learner_id = $1::bigint
   AND s.active
   AND e.visible
   AND e.deleted_at IS NULL
   AND e.framework_key IN (
       SELECT f.key
         FROM framework f
        WHERE f.id = coalesce($2, (SELECT c.framework_id
                                     FROM learner_class c
                                    WHERE c.school_id = acquis.school()
                                      AND c.learner_id = $1::bigint)))
   AND EXISTS (SELECT FROM read_learner l
                WHERE l.school_id = acquis.school()
                  AND l.learner_id = $1::bigint)
 ORDER BY s.frozen > 0 DESC,
          CASE o.order_by WHEN 'modification' THEN e.modified_at
                          ELSE e.assessed_on::timestamptz END,
          e.id;

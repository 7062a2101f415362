-- One evaluation, as the caller may see it.
-- $1 evaluation
SELECT e.id, e.title, e.framework_id, e.framework_key, e.complexity,
       e.context, e.class_level, e.school_year, e.assessed_on, e.modified_at,
       e.visible, e.author_id, e.author_first_name, e.author_last_name,
       e.revision, e.filled, e.expected, e.frozen, e.items, e.dropped
  FROM seen_evaluation e
 WHERE e.school_id = acquis.school()
   AND e.id = $1::bigint;

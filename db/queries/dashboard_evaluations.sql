-- The evaluations of the learner that is shown, with the marks, in no order:
-- to sort forty wide rows here takes a fifth of the whole.  `moment` is when
-- one was last changed, in microseconds, where the settings order by that.
-- After dashboard_head in its batch.
--
-- OFFSET 0 keeps the planner to the keys of the learner's forty or so: while
-- a school is young it would read all evaluations, and plans are kept.
SELECT e.id, e.framework_key, e.complexity, e.assessed_on,
       s.frozen > 0 AS taken, e.items_line AS items, e.dropped, s.marks,
       e.card,
       CASE (SELECT o.order_by
               FROM school o
              WHERE o.school_id = acquis.school())
       WHEN 'modification' THEN
           (extract(epoch FROM e.modified_at) * 1000000)::bigint
       END AS moment
  FROM sheet s
 CROSS JOIN LATERAL (
       SELECT v.id, v.framework_key, v.complexity, v.assessed_on,
              v.modified_at, v.items_line, v.dropped, v.card
         FROM evaluation v
        WHERE v.school_id = acquis.school() AND v.id = s.evaluation_id
          AND v.visible AND v.deleted_at IS NULL
          AND v.framework_key
              = ANY ((SELECT acquis.shown_frameworks())::integer[])
       OFFSET 0) e
 WHERE s.school_id = acquis.school()
   AND s.learner_id = acquis.shown_learner()
   AND s.active;

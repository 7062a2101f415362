-- A new evaluation with an empty line for each learner.
-- $1 framework version   $2 title   $3 complexity   $4 class level
-- $5 day, or NULL for today   $6 visible   $7 items   $8 learners
WITH e AS (
    INSERT INTO evaluation (school_id, framework_key, title, complexity,
                            class_level, school_year, assessed_on, visible,
                            author_id, items)
    SELECT o.school_id, $1::integer, $2, $3, $4, o.school_year,
           coalesce($5::date, (now() AT TIME ZONE 'Europe/Paris')::date),
           $6::boolean, acquis.person(), $7::smallint[]
      FROM school o
     WHERE o.school_id = acquis.school()
    RETURNING id, title, complexity, class_level, assessed_on, visible, items
), s AS (
    INSERT INTO sheet (school_id, learner_id, evaluation_id, revision)
    SELECT acquis.school(), learner_id, e.id, 0
      FROM e, unnest($8::bigint[]) AS learner_id
)
SELECT e.id,
       acquis.note('evaluation_create', 'evaluation', e.id, NULL, NULL,
           jsonb_build_object('title', e.title, 'complexity', e.complexity,
               'class_level', e.class_level, 'assessed_on', e.assessed_on,
               'visible', e.visible, 'items', e.items,
               'learners', $8::bigint[]))
  FROM e;

-- Change an evaluation that is held; stale when it is not as it was read.
-- $1 evaluation   $2 revision   $3 title   $4 complexity   $5 class level
-- $6 day   $7 visible   $8 items   $9 dropped places
-- $10 marks put out of sight   $11 marks found again
WITH old AS (
    SELECT e.title, e.complexity, e.class_level, e.assessed_on, e.visible,
           e.items, e.dropped
      FROM evaluation e
     WHERE e.school_id = acquis.school() AND e.id = $1::bigint
), new AS (
    UPDATE evaluation e
       SET title = $3, complexity = $4, class_level = $5,
           assessed_on = $6::date, visible = $7::boolean,
           items = $8::smallint[], dropped = $9::smallint[],
           revision = e.revision + 1, modified_at = now()
     WHERE e.school_id = acquis.school()
       AND e.id = $1::bigint
       AND e.revision = $2::bigint
       AND e.frozen = 0
       AND e.deleted_at IS NULL
    RETURNING e.title, e.complexity, e.class_level, e.assessed_on, e.visible,
              e.items, e.dropped
)
SELECT acquis.all_written((SELECT count(*) FROM new), 1),
       acquis.note('evaluation_change', 'evaluation', $1::bigint, NULL,
           (SELECT to_jsonb(old) FROM old),
           (SELECT to_jsonb(new) || jsonb_build_object(
                       'marks_hidden', $10::bigint,
                       'marks_found', $11::bigint) FROM new));

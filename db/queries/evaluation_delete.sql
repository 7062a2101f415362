-- Delete an evaluation that is held: kept, and shown no more.
-- $1 evaluation   $2 revision
WITH gone AS (
    UPDATE evaluation e
       SET deleted_at = now(), revision = e.revision + 1, modified_at = now()
     WHERE e.school_id = acquis.school()
       AND e.id = $1::bigint
       AND e.revision = $2::bigint
       AND e.frozen = 0
       AND e.deleted_at IS NULL
    RETURNING e.title
)
SELECT acquis.all_written((SELECT count(*) FROM gone), 1),
       acquis.note('evaluation_delete', 'evaluation', $1::bigint, NULL,
           (SELECT to_jsonb(gone) FROM gone), NULL);

-- Imports, newest first.
-- $1 the last one of the page before, or NULL   $2 how many
SELECT i.id, p.state, p.step, p.percent, a.ref AS author,
       acquis.instant(i.created_at) AS created_at,
       acquis.instant(i.committed_at) AS committed_at, i.files,
       i.preview -> 'counts' AS counts
  FROM import i
  JOIN import_place p ON p.school_id = i.school_id AND p.import_id = i.id
  JOIN person_ref a ON a.school_id = i.school_id AND a.id = i.author_id
 WHERE i.school_id = acquis.school()
   AND ($1::bigint IS NULL OR i.id < $1)
 ORDER BY i.id DESC
 LIMIT $2::integer;

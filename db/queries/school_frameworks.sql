-- The statement that takes out the frameworks that a school uses: those its
-- rows refer to by key, and the current ones that they name.
-- $1 number of the school
WITH used AS (
    SELECT CASE WHEN a.attname = 'framework_ids'
                THEN format('SELECT g.key FROM %I t, framework g'
                    ' WHERE t.school_id = %L AND g.current'
                    ' AND g.id = ANY (t.framework_ids)', c.relname,
                    $1::bigint)
                WHEN a.attname = 'framework_id'
                THEN format('SELECT g.key FROM %I t JOIN framework g'
                    ' ON g.current AND g.id = t.framework_id'
                    ' WHERE t.school_id = %L', c.relname, $1::bigint)
                ELSE format('SELECT t.framework_key FROM %I t'
                    ' WHERE t.school_id = %L', c.relname, $1::bigint)
           END AS keys
      FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
       AND a.attname IN ('framework_ids', 'framework_id', 'framework_key')
       AND EXISTS (SELECT FROM pg_catalog.pg_attribute s
                    WHERE s.attrelid = c.oid AND s.attname = 'school_id')
)
SELECT 'COPY (SELECT f.id, f.version, f.document FROM framework f WHERE f.key'
       ' IN (' || string_agg(u.keys, ' UNION ' ORDER BY u.keys) || ') ORDER BY'
       ' f.id COLLATE "C", f.version) TO STDOUT' AS take_out
  FROM used u;

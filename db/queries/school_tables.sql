-- Every table of a school, and the statements that take its rows out and in,
-- each table after those that it refers to.  Made from the catalogue, so that
-- a table that is new is moved without being named here.  What is under way
-- in this installation stays: who is signed in, and mails that have not left,
-- with the links in them.
--
-- Rows go without the number of the school, which is another there, and with
-- frameworks by name.  Ids stay: no two schools share a key, and what was
-- confirmed, signed and journalled names them.
-- $1 number of the school
WITH RECURSIVE moved AS (
    SELECT c.oid, c.relname AS name
      FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
                                    AND a.attname = 'school_id'
                                    AND NOT a.attisdropped
     WHERE c.relnamespace = 'public'::regnamespace
       AND c.relkind IN ('r', 'p') AND NOT c.relispartition
       AND c.relname NOT IN ('session', 'mail', 'mail_link')
), refers AS (
    SELECT DISTINCT k.conrelid AS oid, k.confrelid AS target
      FROM pg_catalog.pg_constraint k
     WHERE k.contype = 'f' AND k.conrelid <> k.confrelid
), reached AS (
    SELECT m.oid, 0 AS depth FROM moved m
    UNION
    SELECT r.oid, d.depth + 1
      FROM reached d
      JOIN refers r ON r.target = d.oid
      JOIN moved m ON m.oid = r.oid
     WHERE d.depth < 100
), cell AS (
    SELECT m.oid, a.attnum, a.attname, a.attidentity,
           k.oid IS NOT NULL AS framework,
           CASE WHEN k.oid IS NULL THEN format('t.%I', a.attname)
                ELSE format('(SELECT f.id || ''@'' || f.version FROM framework'
                    ' f WHERE f.key = t.%1$I) AS %1$I', a.attname)
           END AS taken,
           CASE WHEN k.oid IS NULL THEN format('m.%I', a.attname)
                ELSE format('(SELECT f.key FROM framework f WHERE'
                    ' f.id || ''@'' || f.version = m.%I)', a.attname)
           END AS given
      FROM moved m
      JOIN pg_catalog.pg_attribute a ON a.attrelid = m.oid
      LEFT JOIN pg_catalog.pg_constraint k ON k.conrelid = m.oid
           AND k.contype = 'f' AND k.confrelid = 'framework'::regclass
           AND k.conkey = ARRAY[a.attnum]
     WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
       AND a.attname <> 'school_id'
), line AS (
    SELECT c.oid,
           string_agg(quote_ident(c.attname), ', ' ORDER BY c.attnum)
               AS columns,
           string_agg(c.taken, ', ' ORDER BY c.attnum) AS taken,
           string_agg(c.given, ', ' ORDER BY c.attnum) AS given,
           string_agg(format('pg_catalog.setval(pg_get_serial_sequence(%L,'
               ' %L), greatest(nextval(pg_get_serial_sequence(%1$L, %2$L)),'
               ' (SELECT max(t.%3$I) FROM %4$I t WHERE t.school_id = %5$L)))',
               m.name, c.attname, c.attname, m.name, $1::bigint), ', ')
               FILTER (WHERE c.attidentity <> '') AS numbered
      FROM cell c
      JOIN moved m ON m.oid = c.oid
     GROUP BY c.oid
), sorted AS (
    SELECT k.conrelid AS oid,
           string_agg(format(CASE WHEN a.attcollation = 0 THEN 't.%I'
               ELSE 't.%I COLLATE "C"' END, a.attname), ', ' ORDER BY u.place)
               AS by
      FROM pg_catalog.pg_constraint k
     CROSS JOIN LATERAL unnest(k.conkey) WITH ORDINALITY u (attnum, place)
      JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid
                                    AND a.attnum = u.attnum
     WHERE k.contype = 'p'
     GROUP BY k.conrelid
), statement AS (
    SELECT m.name, l.columns, l.given, l.numbered, max(d.depth) AS depth,
           format('SELECT %s FROM %I t WHERE t.school_id = %L', l.taken,
               m.name, $1::bigint) AS all_rows, s.by
      FROM moved m
      JOIN reached d ON d.oid = m.oid
      JOIN line l ON l.oid = m.oid
      JOIN sorted s ON s.oid = m.oid
     GROUP BY m.name, l.columns, l.taken, l.given, l.numbered, s.by
)
SELECT name, columns,
       format('COPY (%s ORDER BY %s) TO STDOUT', all_rows, by) AS take_out,
       format('CREATE TEMPORARY TABLE moving ON COMMIT DROP AS %s'
           ' WITH NO DATA', all_rows) AS make_room,
       'COPY moving FROM STDIN' AS fill,
       format('INSERT INTO %I (school_id, %s) OVERRIDING SYSTEM VALUE'
           ' SELECT %L, %s FROM moving m', name, columns, $1::bigint, given)
           AS take_in,
       'DROP TABLE moving' AS clear,
       'SELECT ' || numbered AS number_on
  FROM statement
 ORDER BY depth, name;

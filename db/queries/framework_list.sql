-- The current version of each framework, in the order of a menu.
-- $1 key of the last one of the page before, or NULL   $2 how many
SELECT key AS id
  FROM framework
 WHERE current
   AND ($1::bigint IS NULL
        OR (title, id) > (SELECT title, id FROM framework WHERE key = $1))
 ORDER BY title, id
 LIMIT $2::integer;

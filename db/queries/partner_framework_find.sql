-- One version of a framework by the words partners use.
-- $1 code   $2 version
SELECT f.key
  FROM framework f
 WHERE f.code = $1
   AND f.version = $2::integer
 ORDER BY f.key
 LIMIT 1;

-- Which version of a framework: the current one, or one asked for.
-- $1 framework, as bacpro-melec   $2 version, or NULL
SELECT key, current
  FROM framework
 WHERE id = $1
   AND CASE WHEN $2::integer IS NULL THEN current ELSE version = $2 END;

-- How many of them are classes or groups of this year.
-- $1 classes
SELECT count(*) AS known
  FROM class_group g
  JOIN school o ON o.school_id = g.school_id
 WHERE g.school_id = acquis.school()
   AND g.active AND g.school_year = o.school_year
   AND g.id = ANY ($1::bigint[]);

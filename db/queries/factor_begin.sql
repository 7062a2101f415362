-- A second factor to be confirmed, and whose it is.
-- $1 secret
SELECT acquis.factor_begin($1::bytea) AS done, p.login, o.name AS school
  FROM person p
  JOIN school o ON o.school_id = p.school_id
 WHERE p.school_id = acquis.school()
   AND p.id = acquis.person();
